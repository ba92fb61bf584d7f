import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  Silence,
  SilenceChange,
  SilenceHoldList,
  SilenceHoldQuery,
  SilenceInput,
  SilenceList,
  SilenceQuery,
} from "../types/silence.js";
import { iteratePages } from "./pages.js";

const path = "/incident-monitor/silences";
const pathOf = (id: string) => `${path}/${segment(id, "silenceId")}`;

export function silenceMethods(transport: Transport) {
  const listSilences = (query: SilenceQuery = {}, options?: CallOptions): Promise<SilenceList> =>
    transport.json({ method: "GET", path, query: { ...query } }, options);

  return {
    /** Newest first; one page. */
    listSilences,

    /** Every silence that matches, page after page. `limit` is the size of a page. */
    iterateSilences: (query: SilenceQuery = {}, options?: CallOptions): AsyncGenerator<Silence> =>
      iteratePages(query, async (page) => {
        const answer = await listSilences(page, options);
        return { rows: answer.silences, next: answer.next_cursor };
      }),

    getSilence: async (silenceId: string, options?: CallOptions): Promise<{ silence: Silence }> =>
      transport.json({ method: "GET", path: pathOf(silenceId) }, options),

    /** Holds what matches until its end: nothing of it is published or sent, nothing is lost. */
    createSilence: (input: SilenceInput, options?: CallOptions): Promise<{ silence: Silence }> =>
      transport.json({ method: "POST", path, body: input }, options),

    /** What it no longer covers flows at once. */
    updateSilence: async (
      silenceId: string,
      change: SilenceChange,
      options?: CallOptions,
    ): Promise<{ silence: Silence }> =>
      transport.json({ method: "PATCH", path: pathOf(silenceId), body: change }, options),

    /** Ends it now; doing it twice is the same. */
    expireSilence: async (silenceId: string, options?: CallOptions): Promise<{ silence: Silence }> =>
      transport.json({ method: "POST", path: `${pathOf(silenceId)}/expire` }, options),

    /** Which drafts it holds and has held, newest first; one page. */
    listSilenceHolds: async (
      silenceId: string,
      query: SilenceHoldQuery = {},
      options?: CallOptions,
    ): Promise<SilenceHoldList> =>
      transport.json({ method: "GET", path: `${pathOf(silenceId)}/holds`, query: { ...query } }, options),
  };
}
