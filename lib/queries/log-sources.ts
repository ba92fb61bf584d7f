import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  backfillLogSource,
  replayLatestLogSource,
  replayQuarantine,
  resetLogSource,
} from "@/lib/actions/log-sources";
import type {
  AllowedRootsWire,
  BackfilledLogSourceWire,
  BackfillLogSourceWire,
  BrowsedFolderWire,
  LogPreviewWire,
  LogSourceHealthListWire,
  PreviewLogSourceWire,
  QuarantineListQuery,
  QuarantineListWire,
  ReplayedQuarantineWire,
  ReplayLogSourceWire,
  ReplayQuarantineWire,
  ResetLogSourceWire,
} from "@/lib/contracts/log-source";
import { api } from "@/lib/paths";
import { actionData, getJson, postJson } from "./api-error";
import { keys } from "./keys";

/** One log source, by the ids of its project and its own. */
export type SourceId = { project_id: string; source_id: string };

/** An offset moves with every line read, which announces nothing: what is shown is asked for again this often. */
const healthRefetchMs = 5_000;

/** How every log source stands that the reader may see. */
export function logSourceHealthQuery() {
  return queryOptions({
    queryKey: keys.logSources.health,
    queryFn: async ({ signal }) => (await getJson<LogSourceHealthListWire>(api.logSources(), signal)).sources,
    refetchInterval: healthRefetchMs,
    staleTime: healthRefetchMs,
  });
}

/** What was set aside, newest first, then older by cursor; `replayed: "false"` for what still waits. */
export function quarantineQuery(source: SourceId, query: Pick<QuarantineListQuery, "replayed"> = {}) {
  return infiniteQueryOptions({
    queryKey: keys.logSources.quarantine(source.project_id, source.source_id, query),
    queryFn: ({ pageParam, signal }) =>
      getJson<QuarantineListWire>(
        api.logSourceQuarantine(source.project_id, source.source_id, { ...query, cursor: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: QuarantineListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** The folders of the host that projects may lie in. They change only with the host's settings. */
export function allowedRootsQuery() {
  return queryOptions({
    queryKey: keys.logSources.roots,
    queryFn: async ({ signal }) => (await getJson<AllowedRootsWire>(api.logSourceRoots(), signal)).roots,
    staleTime: 60_000,
  });
}

/** What lies in a folder of an allowed root; `path` is relative to it. Read anew each time: files come and go. */
export function browsedFolderQuery(root: string, path: string) {
  return queryOptions({
    queryKey: ["log-sources", "folder", root, path] as const,
    queryFn: ({ signal }) => getJson<BrowsedFolderWire>(api.logSourceBrowse({ root, path }), signal),
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });
}

/** The last lines of a file as the watcher would see them with these settings. Writes nothing. */
export function logPreviewQuery(request: PreviewLogSourceWire) {
  return queryOptions({
    queryKey: ["log-sources", "preview", request] as const,
    queryFn: async ({ signal }) =>
      (await postJson<{ preview: LogPreviewWire }>(api.previewLogSource(), request, signal)).preview,
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  });
}

/** What a reset would read again. A plan is of this moment: it is never shown from memory. */
export function resetPlanQuery({ project_id, source_id }: SourceId) {
  return queryOptions({
    queryKey: ["log-sources", "reset-plan", project_id, source_id] as const,
    queryFn: ({ signal }) =>
      postJson<ResetLogSourceWire>(api.resetLogSourceOffset(project_id, source_id, dryRun), {}, signal),
    ...freshPlan,
  });
}

/** Which sighting "replay latest" would submit again. */
export function replayPlanQuery({ project_id, source_id }: SourceId) {
  return queryOptions({
    queryKey: ["log-sources", "replay-plan", project_id, source_id] as const,
    queryFn: ({ signal }) =>
      postJson<ReplayLogSourceWire>(api.replayLatestLogSource(project_id, source_id, dryRun), {}, signal),
    ...freshPlan,
  });
}

/** What replaying what was set aside would come to: all that waits, or some by id. */
export function quarantinePlanQuery({ project_id, source_id }: SourceId, input: ReplayQuarantineWire) {
  return queryOptions({
    queryKey: ["log-sources", "quarantine-plan", project_id, source_id, input] as const,
    queryFn: ({ signal }) =>
      postJson<ReplayedQuarantineWire>(
        api.replayLogSourceQuarantine(project_id, source_id, dryRun),
        input,
        signal,
      ),
    ...freshPlan,
  });
}

/** What a backfill would find, as far as one call reads. */
export function useBackfillPlan() {
  return useMutation({
    mutationFn: ({ project_id, source_id, ...input }: SourceId & BackfillLogSourceWire) =>
      postJson<BackfilledLogSourceWire>(api.backfillLogSource(project_id, source_id, dryRun), input),
  });
}

export function useResetLogSource() {
  const settle = useSourceChange();
  return useMutation({
    mutationFn: (source: SourceId) => actionData(resetLogSource(source)),
    onSettled: settle,
  });
}

export function useReplayLatest() {
  const settle = useSourceChange();
  return useMutation({
    mutationFn: (source: SourceId) => actionData(replayLatestLogSource(source)),
    onSettled: settle,
  });
}

export function useReplayQuarantine() {
  const settle = useSourceChange();
  return useMutation({
    mutationFn: (input: SourceId & ReplayQuarantineWire) => actionData(replayQuarantine(input)),
    onSettled: settle,
  });
}

/** One call reads a bounded piece; the answer's cursor asks for the next. */
export function useBackfill() {
  const settle = useSourceChange();
  return useMutation({
    mutationFn: (input: SourceId & BackfillLogSourceWire) => actionData(backfillLogSource(input)),
    onSettled: settle,
  });
}

const dryRun = { dry_run: true } as const;
const freshPlan = { staleTime: 0, gcTime: 0, retry: false } as const;

/** What was read may be an incident and a draft by now. */
function useSourceChange() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [
        keys.logSources.health,
        ["log-sources", "quarantine"],
        keys.incidents.all,
        keys.drafts.all,
        keys.overview,
        keys.status,
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
}
