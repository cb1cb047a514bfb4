/** What a view asks of the backend by itself: a small answer of its own, a change to be kept, the address of a file. */

/**
 * Make the requests.
 * @param {Store} store
 * @param {Api} api
 * @returns {{ask: Api["get"], addressOf: Api["addressOf"], set: (changes: Partial<State>) => void,
 *   send: (name: string, path: string, body: object) => Promise<any>}}
 */
export function createRequests(store, api) {
  return {
    ask: api.get,
    addressOf: api.addressOf,
    /** Change what belongs to no address and ends with the page. */
    set: (changes) => store.update(changes),
    /** Write, and show the answer in the place of the one known by that name. */
    async send(name, path, body) {
      const value = await api.post(path, body);
      store.update({ [name]: { path, state: "ready", value, error: null } });
      return value;
    },
  };
}
