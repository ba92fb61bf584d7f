import {
  queryOptions,
  type UseMutationOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  applyGrouping,
  endQuiet,
  mergeIncidents,
  muteIncident,
  resolveIncident,
  snoozeIncident,
  splitIncident,
  undoGrouping,
  unmergeIncident,
} from "@/lib/actions/incidents";
import type {
  GroupingApplyWire,
  GroupingPreviewWire,
  GroupingRequestWire,
  GroupingRuleListWire,
  MergeCandidatesWire,
  MergeRequestWire,
  SplitRequestWire,
  VariationsWire,
} from "@/lib/contracts/grouping";
import type { IncidentWire } from "@/lib/contracts/incident";
import type { MuteRequestWire, ResolveRequestWire, SnoozeRequestWire } from "@/lib/contracts/quiet";
import { api } from "@/lib/paths";
import { actionData, getJson, postJson } from "./api-error";
import { keys } from "./keys";
import { optimistically } from "./optimistically";

export function mergeCandidatesQuery(incidentId: string) {
  return queryOptions({
    queryKey: [...keys.incidents.one(incidentId), "merge-candidates"],
    queryFn: ({ signal }) => getJson<MergeCandidatesWire>(api.mergeCandidates(incidentId), signal),
  });
}

export function variationsQuery(incidentId: string) {
  return queryOptions({
    queryKey: [...keys.incidents.one(incidentId), "variations"],
    queryFn: ({ signal }) => getJson<VariationsWire>(api.variations(incidentId), signal),
  });
}

export function groupingRulesQuery() {
  return queryOptions({
    queryKey: ["grouping-rules"],
    queryFn: ({ signal }) => getJson<GroupingRuleListWire>(api.groupingRules(), signal),
  });
}

/** What a rule would do; nothing is asked while there is no rule to try. */
export function useGroupingPreview(rule: GroupingRequestWire | null) {
  return useQuery({
    queryKey: ["grouping-preview", rule],
    queryFn: ({ signal }) => postJson<GroupingPreviewWire>(api.groupingPreview(), rule, signal),
    enabled: rule !== null,
    retry: false,
    staleTime: 10_000,
  });
}

/** Every action here changes what lists, drafts and counts show. */
function useIncidentAction<Input, Output, Held = unknown>(
  run: (input: Input) => Promise<Output>,
  shown: Pick<UseMutationOptions<Output, Error, Input, Held>, "onMutate" | "onError"> = {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    ...shown,
    onSettled: () =>
      Promise.all(
        [keys.incidents.all, keys.drafts.all, keys.posts.all, keys.overview, ["grouping-rules"]].map(
          (queryKey) => client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export const useMergeIncidents = (incidentId: string) =>
  useIncidentAction((input: MergeRequestWire) =>
    actionData(mergeIncidents({ incident_id: incidentId, ...input })),
  );
export const useUnmergeIncident = () =>
  useIncidentAction((incidentId: string) => actionData(unmergeIncident({ incident_id: incidentId })));
export const useSplitIncident = (incidentId: string) =>
  useIncidentAction((input: SplitRequestWire) =>
    actionData(splitIncident({ incident_id: incidentId, ...input })),
  );
export const useSnoozeIncident = (incidentId: string) =>
  useIncidentAction((input: SnoozeRequestWire) =>
    actionData(snoozeIncident({ incident_id: incidentId, ...input })),
  );
export const useMuteIncident = (incidentId: string) =>
  useIncidentAction((input: MuteRequestWire) =>
    actionData(muteIncident({ incident_id: incidentId, ...input })),
  );
export const useResolveIncident = (incidentId: string) =>
  useIncidentAction((input: ResolveRequestWire) =>
    actionData(resolveIncident({ incident_id: incidentId, ...input })),
  );
type QuietEnd = "unsnooze" | "unmute" | "reopen";
const endedBy = { unsnooze: "snooze", unmute: "mute", reopen: "resolution" } as const;

/** It is awake on the screen at once, and quiet again when the server refuses. */
export function useEndQuiet(incidentId: string) {
  const client = useQueryClient();
  return useIncidentAction(
    (what: QuietEnd) => actionData(endQuiet({ incident_id: incidentId, what })),
    optimistically<{ incident: IncidentWire }, QuietEnd>(
      client,
      keys.incidents.one(incidentId),
      ({ incident }, what) => ({ incident: { ...incident, [endedBy[what]]: undefined } }),
    ),
  );
}
export const useApplyGrouping = () =>
  useIncidentAction((input: GroupingApplyWire) => actionData(applyGrouping(input)));
export const useUndoGrouping = () =>
  useIncidentAction((ruleId: string) => actionData(undoGrouping({ rule_id: ruleId })));
