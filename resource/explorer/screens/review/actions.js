/** A round of the quiz in the state: begin, answer, send, and fetch what the answers of all come to. */

import { answered, answersOf, beginRound, isComplete, reviewed, steppedBack } from "./round.js";

/**
 * Make the actions.
 * @param {Object} store the round is its `quiz`: round, state, results, stored, reason, error
 * @param {Object} api
 * @param {{reopen: function(): Promise, lost: function(Error): void}} means `reopen` fetches overview and answers anew
 * @returns {Object}
 */
export function createReviewing(store, api, { reopen, lost }) {
  const put = (changes) => store.update({ quiz: { ...store.get().quiz, ...changes } });
  const send = async (round = store.get().quiz.round) => {
    put({ round, state: "sending", error: null });
    try {
      const { results, stored, reason } = await api.post("review", answersOf(round));
      put({ state: "done", results: reviewed(round, results), stored, reason: reason ?? null });
    } catch (error) {
      put({ state: "unsent", error: error.message });
      return;
    }
    // The counts by topic have grown by these answers.
    if (store.get().quiz.stored) await reopen().catch(lost);
  };
  return {
    beginQuiz: (number, questions, length) => {
      store.update({
        quiz: {
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
      if (store.get().quiz?.state !== "asking") return;
      const round = answered(store.get().quiz.round, word);
      if (isComplete(round)) send(round);
      else put({ round });
    },
    stepBackInQuiz: () => store.get().quiz?.state === "asking" && put({ round: steppedBack(store.get().quiz.round) }),
    sendQuiz: () => send(),
    leaveQuiz: () => store.update({ quiz: null }),
  };
}
