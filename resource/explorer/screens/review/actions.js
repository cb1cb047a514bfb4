/** Actions of the "Review" screen: start a round of the quiz, answer, and send the answers. */

import { answered, answersOf, beginRound, isComplete, reviewed, steppedBack } from "./round.js";

/**
 * Make the actions.
 * @param {Store} store holds the quiz as `review`: round, state, results, stored, reason, error
 * @param {Api} api
 * @param {{reopen: () => Promise<void>, lost: (error: Error) => void}} means `reopen` fetches overview and
 *   answers again
 * @returns {Object}
 */
export function createReviewing(store, api, { reopen, lost }) {
  const put = (changes) => store.update({ review: { ...store.get().review, ...changes } });
  const send = async (round = store.get().review.round) => {
    put({ round, state: "sending", error: null });
    try {
      const { results, stored, reason } = await api.post("review", answersOf(round));
      put({ state: "done", results: reviewed(round, results), stored, reason: reason ?? null });
    } catch (error) {
      put({ state: "unsent", error: error.message });
      return;
    }
    // The counts by topic now include these answers.
    if (store.get().review.stored) await reopen().catch(lost);
  };
  return {
    beginQuiz: (number, questions, length) => {
      store.update({
        review: {
          round: beginRound(number, questions, length),
          state: "asking",
          results: null,
          stored: false,
          reason: null,
          error: null,
        },
      });
    },
    answerQuiz: (word) => {
      if (store.get().review?.state !== "asking") return;
      const round = answered(store.get().review.round, word);
      if (isComplete(round)) send(round);
      else put({ round });
    },
    stepBackInQuiz: () => {
      const { review } = store.get();
      if (review?.state === "asking") put({ round: steppedBack(review.round) });
    },
    sendQuiz: () => send(),
    leaveQuiz: () => store.update({ review: null }),
  };
}
