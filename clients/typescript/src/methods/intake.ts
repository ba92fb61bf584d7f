import { newIdempotencyKey } from "../retry.js";
import { type CallOptions, segment, type Transport } from "../transport.js";
import type { ReportResponse, Submission } from "../types/draft.js";
import type {
  BatchQuery,
  BatchReport,
  BatchResponse,
  CreatedIntakeKey,
  CreateIntakeKey,
  EventsResponse,
  IntakeKey,
  IntakeKeyList,
  IntakeKeyQuery,
  IntakeReport,
  IntakeResponse,
  RotatedIntakeKey,
  RotateIntakeKey,
  RuntimeEvent,
} from "../types/intake.js";

export interface ReportOptions extends CallOptions {
  /** The same key and body are counted once. Made for each call when absent and retries are on. */
  idempotencyKey?: string;
}

export interface ScopedOptions extends ReportOptions {
  /** Instead of the client's `intakeKey`. */
  intakeKey?: string;
}

export function intakeMethods(transport: Transport) {
  const keysPath = "/incident-monitor/intake/keys";

  /** Without a key a repeated report would count twice, so there is one or there is no repeating. */
  const onceOnly = (options: ReportOptions) => {
    const retries = options.retries ?? transport.retries;
    const key = options.idempotencyKey ?? (retries > 0 ? newIdempotencyKey() : undefined);
    return { headers: { "idempotency-key": key }, repeatable: key !== undefined };
  };
  const scoped = (options: ScopedOptions): { intakeKey: string } => {
    const intakeKey = options.intakeKey?.trim() || transport.intakeKey;
    if (!intakeKey) throw new TypeError("a scoped intakeKey is needed: give it to the client or to the call");
    return { intakeKey };
  };

  return {
    /** Reports a failure. Creates intake, never an outside effect. */
    report: (
      submission: Submission | { report: Submission },
      options: ReportOptions = {},
    ): Promise<ReportResponse> =>
      transport.json(
        {
          method: "POST",
          path: "/incident-monitor/report",
          body: "report" in submission ? submission : { report: submission },
          ...onceOnly(options),
        },
        options,
      ),

    /** Reports with a scoped key; project and policy come from configuration, not from the reporter. */
    reportWithKey: async (input: IntakeReport, options: ScopedOptions = {}): Promise<IntakeResponse> =>
      transport.json(
        {
          method: "POST",
          path: "/incident-monitor/intake/report",
          body: input,
          credential: scoped(options),
          ...onceOnly(options),
        },
        options,
      ),

    /**
     * Up to 500 reports in one commit, answered one by one. With `project_id` they are sent with the scoped key. Never
     * repeated: a batch has no Idempotency-Key.
     */
    reportBatch: async (
      reports: readonly BatchReport[],
      query: BatchQuery = {},
      options: ScopedOptions = {},
    ): Promise<BatchResponse> =>
      transport.json(
        {
          method: "POST",
          path: "/incident-monitor/intake/reports",
          query: { ...query },
          text: {
            type: "application/x-ndjson",
            value: reports.map((each) => `${JSON.stringify(each)}\n`).join(""),
          },
          ...(query.project_id && { credential: scoped(options) }),
        },
        options,
      ),

    /** Up to 500 events of an agent runtime; the failures among them become intake. Answered one by one. */
    sendEvents: (events: readonly RuntimeEvent[], options: ReportOptions = {}): Promise<EventsResponse> =>
      transport.json(
        {
          method: "POST",
          path: "/incident-monitor/intake/events",
          body: { events },
          ...onceOnly(options),
        },
        options,
      ),

    /** By project and name; all of them, unless a `limit` asks for pages. Never the keys themselves. */
    listIntakeKeys: (query: IntakeKeyQuery = {}, options?: CallOptions): Promise<IntakeKeyList> =>
      transport.json({ method: "GET", path: keysPath, query: { ...query } }, options),

    /** `raw_key` is answered here once and nowhere else. */
    createIntakeKey: (input: CreateIntakeKey, options?: CallOptions): Promise<CreatedIntakeKey> =>
      transport.json({ method: "POST", path: keysPath, body: input }, options),

    /** A successor with the same scope; the old key ends after the overlap. `raw_key` is answered here once. */
    rotateIntakeKey: (
      keyId: string,
      input: RotateIntakeKey = {},
      options?: CallOptions,
    ): Promise<RotatedIntakeKey> =>
      transport.json(
        { method: "POST", path: `${keysPath}/${segment(keyId, "keyId")}/rotate`, body: input },
        options,
      ),

    /** For good; doing it twice is the same. */
    disableIntakeKey: (keyId: string, options?: CallOptions): Promise<{ key: IntakeKey }> =>
      transport.json({ method: "POST", path: `${keysPath}/${segment(keyId, "keyId")}/disable` }, options),
  };
}
