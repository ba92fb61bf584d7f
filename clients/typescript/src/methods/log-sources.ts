import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  AllowedRoots,
  BackfillInput,
  BackfillResponse,
  BrowsedFolder,
  Evidence,
  LogPreview,
  LogSourceHealth,
  LogSourceHealthList,
  LogSourceHealthQuery,
  LogSourceReplayResponse,
  LogSourceResetResponse,
  PreviewLogSourceInput,
  QuarantineList,
  QuarantineQuery,
  ReplayedQuarantine,
  ReplayQuarantineInput,
} from "../types/log-source.js";

/** `dryRun` says what would happen and changes nothing. */
export type DryRunOptions = CallOptions & { dryRun?: boolean };

const all = "/incident-monitor/log-sources";
const pathOf = (projectId: string, sourceId: string) =>
  `${all}/${segment(projectId, "projectId")}/${segment(sourceId, "sourceId")}`;
const dry = ({ dryRun }: DryRunOptions) => (dryRun ? { query: { dry_run: true } } : {});

export function logSourceMethods(transport: Transport) {
  return {
    /** How every log source stands, of the projects that the caller may see. */
    listLogSourceHealth: (
      query: LogSourceHealthQuery = {},
      options?: CallOptions,
    ): Promise<LogSourceHealthList> =>
      transport.json({ method: "GET", path: all, query: { ...query } }, options),

    getLogSourceHealth: async (
      projectId: string,
      sourceId: string,
      options?: CallOptions,
    ): Promise<{ source: LogSourceHealth }> =>
      transport.json({ method: "GET", path: pathOf(projectId, sourceId) }, options),

    /** Reads the log from its beginning again. Lines that were counted are not counted again. */
    resetLogSourceOffset: async (
      projectId: string,
      sourceId: string,
      options: DryRunOptions = {},
    ): Promise<LogSourceResetResponse> =>
      transport.json(
        { method: "POST", path: `${pathOf(projectId, sourceId)}/reset-offset`, ...dry(options) },
        options,
      ),

    /** Counts the newest failure of this log once more; refused unless its bytes are as they were. */
    replayLatestLogSourceCandidate: async (
      projectId: string,
      sourceId: string,
      options: DryRunOptions = {},
    ): Promise<LogSourceReplayResponse> =>
      transport.json(
        { method: "POST", path: `${pathOf(projectId, sourceId)}/replay-latest`, ...dry(options) },
        options,
      ),

    /** Takes in the failures of a range of time; again with `next_cursor` until there is none. */
    backfillLogSource: async (
      projectId: string,
      sourceId: string,
      input: BackfillInput,
      options: DryRunOptions = {},
    ): Promise<BackfillResponse> =>
      transport.json(
        { method: "POST", path: `${pathOf(projectId, sourceId)}/backfill`, body: input, ...dry(options) },
        options,
      ),

    /** What was set aside, newest first; one page. */
    listQuarantine: async (
      projectId: string,
      sourceId: string,
      query: QuarantineQuery = {},
      options?: CallOptions,
    ): Promise<QuarantineList> =>
      transport.json(
        { method: "GET", path: `${pathOf(projectId, sourceId)}/quarantine`, query: { ...query } },
        options,
      ),

    /** Reads what was set aside again, by the source's rules as they are now. */
    replayQuarantine: async (
      projectId: string,
      sourceId: string,
      input: ReplayQuarantineInput,
      options: DryRunOptions = {},
    ): Promise<ReplayedQuarantine> =>
      transport.json(
        {
          method: "POST",
          path: `${pathOf(projectId, sourceId)}/quarantine/replay`,
          body: input,
          ...dry(options),
        },
        options,
      ),

    /** The last lines of a log as its watcher would see them. Nothing is saved. */
    previewLogSource: (
      input: PreviewLogSourceInput,
      options?: CallOptions,
    ): Promise<{ preview: LogPreview }> =>
      transport.json({ method: "POST", path: `${all}/preview`, body: input }, options),

    /** What lies in a folder of an allowed root. */
    browseLogs: (query: { root: string; path?: string }, options?: CallOptions): Promise<BrowsedFolder> =>
      transport.json({ method: "GET", path: `${all}/browse`, query: { ...query } }, options),

    /** Folders of the host under which workspace roots may lie. */
    listAllowedRoots: (options?: CallOptions): Promise<AllowedRoots> =>
      transport.json({ method: "GET", path: `${all}/roots` }, options),

    /** A piece of evidence by its `tandem://` reference. */
    getEvidence: (reference: string, options?: CallOptions): Promise<{ evidence: Evidence }> =>
      transport.json({ method: "GET", path: "/incident-monitor/evidence", query: { reference } }, options),
  };
}
