import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  GroupingApply,
  GroupingInput,
  GroupingPreview,
  GroupingRule,
  GroupingRuleList,
  MergeCandidates,
  MergeInput,
  MuteInput,
  ResolveInput,
  SnoozeInput,
  SplitInput,
  SplitResponse,
  Variations,
} from "../types/grouping.js";
import type { Incident } from "../types/incident.js";

const path = "/incident-monitor/incidents";
const rules = "/incident-monitor/grouping-rules";
const pathOf = (id: string) => `${path}/${segment(id, "incidentId")}`;

export function incidentActionMethods(transport: Transport) {
  const act = (
    incidentId: string,
    action: string,
    body: object,
    options?: CallOptions,
  ): Promise<{ incident: Incident }> =>
    transport.json({ method: "POST", path: `${pathOf(incidentId)}/${action}`, body }, options);

  return {
    /** Others into this one: their sightings count for it, later ones too. */
    mergeIncidents: async (incidentId: string, input: MergeInput, options?: CallOptions) =>
      act(incidentId, "merge", input, options),

    /** Out of the one it is merged into, with what came by its own fingerprint. */
    unmergeIncident: async (incidentId: string, options?: CallOptions) =>
      act(incidentId, "unmerge", {}, options),

    /** Incidents that are like this one, part by part. */
    listMergeCandidates: async (incidentId: string, options?: CallOptions): Promise<MergeCandidates> =>
      transport.json({ method: "GET", path: `${pathOf(incidentId)}/merge-candidates` }, options),

    /** What differs among its newest sightings. */
    listVariations: async (incidentId: string, options?: CallOptions): Promise<Variations> =>
      transport.json({ method: "GET", path: `${pathOf(incidentId)}/variations` }, options),

    /** The sightings with one value into an incident of their own; `undoGrouping` of the rule is the reverse. */
    splitIncident: async (
      incidentId: string,
      input: SplitInput,
      options?: CallOptions,
    ): Promise<SplitResponse> =>
      transport.json({ method: "POST", path: `${pathOf(incidentId)}/split`, body: input }, options),

    /** Quiet until the first of what is named. */
    snoozeIncident: async (incidentId: string, input: SnoozeInput, options?: CallOptions) =>
      act(incidentId, "snooze", input, options),

    unsnoozeIncident: async (incidentId: string, options?: CallOptions) =>
      act(incidentId, "unsnooze", {}, options),

    /** Quiet until a time, at most a year. */
    muteIncident: async (incidentId: string, input: MuteInput, options?: CallOptions) =>
      act(incidentId, "mute", input, options),

    unmuteIncident: async (incidentId: string, options?: CallOptions) =>
      act(incidentId, "unmute", {}, options),

    /** Done with: seen again, it is a regression. */
    resolveIncident: async (incidentId: string, input: ResolveInput = {}, options?: CallOptions) =>
      act(incidentId, "resolve", input, options),

    reopenIncident: async (incidentId: string, options?: CallOptions) =>
      act(incidentId, "reopen", {}, options),

    /** Rules and splits, newest first, undone ones too. */
    listGroupingRules: (options?: CallOptions): Promise<GroupingRuleList> =>
      transport.json({ method: "GET", path: rules }, options),

    /** What a rule would merge or split. Writes nothing. */
    previewGrouping: (input: GroupingInput, options?: CallOptions): Promise<GroupingPreview> =>
      transport.json({ method: "POST", path: `${rules}/preview`, body: input }, options),

    /** Groups by one more rule from now on. */
    applyGrouping: (input: GroupingApply, options?: CallOptions): Promise<{ rule: GroupingRule }> =>
      transport.json({ method: "POST", path: rules, body: input }, options),

    /** Takes a rule or a split back. */
    undoGrouping: async (ruleId: string, options?: CallOptions): Promise<{ rule: GroupingRule }> =>
      transport.json(
        { method: "POST", path: `${rules}/${segment(ruleId, "ruleId")}/undo`, body: {} },
        options,
      ),
  };
}
