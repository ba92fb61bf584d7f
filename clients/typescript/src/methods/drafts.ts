import { type CallOptions, type DeleteOptions, segment, type Transport } from "../transport.js";
import type {
  BreakGlassList,
  BreakGlassQuery,
  Decision,
  Draft,
  DraftList,
  DraftQuery,
} from "../types/draft.js";
import type {
  ApproveResponse,
  DenyResponse,
  PublishRequest,
  PublishResponse,
  RecheckResponse,
  UndonePosts,
} from "../types/post.js";
import type { DraftReview } from "../types/review.js";
import type {
  CreateTriageRun,
  IssueDraftResponse,
  TriageReview,
  TriageRunResponse,
  TriageSummaryInput,
  TriageSummaryResponse,
} from "../types/triage.js";
import type { BulkDelete, JsonObject, OkDeleted } from "../types/values.js";
import { iteratePages } from "./pages.js";

const path = "/incident-monitor/drafts";
const pathOf = (id: string) => `${path}/${segment(id, "draftId")}`;

export function draftMethods(transport: Transport) {
  const post = <T>(draftId: string, step: string, body: unknown, options?: CallOptions): Promise<T> =>
    transport.json({ method: "POST", path: `${pathOf(draftId)}/${step}`, body }, options);

  const listDrafts = (query: DraftQuery = {}, options?: CallOptions): Promise<DraftList> =>
    transport.json({ method: "GET", path, query: { ...query } }, options);

  return {
    /** Newest first unless `sort` says otherwise; one page. */
    listDrafts,

    /** Every draft that matches, page after page. `limit` is the size of a page. */
    iterateDrafts: (query: DraftQuery = {}, options?: CallOptions): AsyncGenerator<Draft> =>
      iteratePages(query, async (page) => {
        const answer = await listDrafts(page, options);
        return { rows: answer.drafts, next: answer.next_cursor };
      }),

    getDraft: async (draftId: string, options?: CallOptions): Promise<Draft> => {
      const raw = await transport.json<{ draft?: Draft }>({ method: "GET", path: pathOf(draftId) }, options);
      return raw.draft ?? ({} as Draft);
    },

    /** What a reviewer decides on: the exact payload a destination, the route, the rule, the allowed actions. */
    getDraftReview: (draftId: string, options?: CallOptions): Promise<DraftReview> =>
      transport.json({ method: "GET", path: `${pathOf(draftId)}/review` }, options),

    /** Opens the gate for what the draft is now. Give the review's `digest` to approve what was looked at. */
    approveDraft: (
      draftId: string,
      reason?: string | Decision,
      options?: CallOptions,
    ): Promise<ApproveResponse> => post(draftId, "approve", decisionOf(reason), options),

    /** Closes the gate for good. */
    denyDraft: (draftId: string, reason?: string | Decision, options?: CallOptions): Promise<DenyResponse> =>
      post(draftId, "deny", decisionOf(reason), options),

    /** Takes back an approval of one's own while nothing has left under it. */
    withdrawApproval: (draftId: string, reason?: string, options?: CallOptions): Promise<DenyResponse> =>
      post(draftId, "withdraw", { reason }, options),

    /** When an admin approved alone, newest first, and what still waits for somebody else's review; one page. */
    listBreakGlassReviews: (query: BreakGlassQuery = {}, options?: CallOptions): Promise<BreakGlassList> =>
      transport.json(
        { method: "GET", path: "/incident-monitor/break-glass-reviews", query: { ...query } },
        options,
      ),

    /** Puts it under triage; a run under way is answered as it is (`deduped`). */
    createTriageRun: (
      draftId: string,
      { executor, ...options }: CallOptions & CreateTriageRun = {},
    ): Promise<TriageRunResponse> =>
      post(draftId, "triage-run", executor ? { executor } : undefined, options),

    /** Its newest run: how far it is, what it found and came to, and what you may do with it. */
    getTriageReview: (draftId: string, options?: CallOptions): Promise<TriageReview> =>
      transport.json({ method: "GET", path: `${pathOf(draftId)}/triage` }, options),

    /** Writes over what triage found; `{}` has it summarised again. A gate that stops the issue draft is a 400, and the summary is kept. */
    createTriageSummary: (
      draftId: string,
      payload: TriageSummaryInput,
      options?: CallOptions,
    ): Promise<TriageSummaryResponse> => post(draftId, "triage-summary", payload, options),

    /** Makes the issue it would become, again. */
    createIssueDraft: (
      draftId: string,
      payload: JsonObject = {},
      options?: CallOptions,
    ): Promise<IssueDraftResponse> => post(draftId, "issue-draft", payload, options),

    /** One delivery a destination; the call waits up to 10 s for their receipts. */
    publishDraft: (
      draftId: string,
      payload: PublishRequest = {},
      options?: CallOptions,
    ): Promise<PublishResponse> => post(draftId, "publish", payload, options),

    publishDraftToDestinations: (
      draftId: string,
      destinationIds: readonly string[],
      payload: PublishRequest = {},
      options?: CallOptions,
    ): Promise<PublishResponse> =>
      post(draftId, "publish", { ...payload, destination_ids: destinationIds }, options),

    /** Takes back what was published and has not left, while its grace lasts. */
    undoPublish: (draftId: string, postIds: readonly string[], options?: CallOptions): Promise<UndonePosts> =>
      post(draftId, "undo-publish", { post_ids: postIds }, options),

    /** Says that you are on it, for a quarter of an hour; again, it is renewed. 409 while somebody else is. */
    claimDraft: (
      draftId: string,
      { takeOver, ...options }: CallOptions & { takeOver?: boolean } = {},
    ): Promise<{ draft: Draft }> => post(draftId, "claim", { take_over: takeOver ?? false }, options),

    releaseDraft: (draftId: string, options?: CallOptions): Promise<{ draft: Draft }> =>
      post(draftId, "release", {}, options),

    /** Looks for what was published already; never delivers. */
    recheckMatch: (
      draftId: string,
      payload: JsonObject = {},
      options?: CallOptions,
    ): Promise<RecheckResponse> => post(draftId, "recheck-match", payload, options),

    /** Hides it; digests and idempotency keys outlive it. */
    deleteDraft: (draftId: string, options: DeleteOptions = {}): Promise<OkDeleted> =>
      transport.json({ method: "DELETE", path: pathOf(draftId), query: { reason: options.reason } }, options),

    bulkDeleteDrafts: (input: BulkDelete, options?: CallOptions): Promise<OkDeleted> =>
      transport.json({ method: "POST", path: `${path}/bulk-delete`, body: input }, options),
  };
}

/** `{reason}`, where an undefined reason is left out of the JSON. */
const decisionOf = (reason: string | Decision | undefined) =>
  typeof reason === "object" ? reason : { reason };
