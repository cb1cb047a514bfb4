/** Requests that views make themselves: small answers, changes to save, addresses of files. */

/**
 * Create the requests.
 * @param {Store} store
 * @param {Api} api
 * @returns {{ask: Api["get"], addressOf: Api["addressOf"], set: (changes: Partial<State>) => void,
 *   send: (name: string, path: string, body: object) => Promise<any>}}
 */
export function createRequests(store, api) {
  return {
    ask: api.get,
    addressOf: api.addressOf,
    /** Change state that is not part of the address. */
    set: (changes) => store.update(changes),
    /** Post a change, and store the response as the answer of that name. */
    async send(name, path, body) {
      const value = await api.post(path, body);
      store.update({ [name]: { path, state: "ready", value, error: null } });
      return value;
    },
  };
}
