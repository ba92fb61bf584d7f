import {
  postureChecksSchema,
  postureDraftResponseSchema,
  postureDraftSchema,
  postureQuerySchema,
} from "@/lib/contracts/posture";
import {
  assessmentProbesResponseSchema,
  assessmentProbesSchema,
  probeRunListQuerySchema,
  probeRunListSchema,
  probeRunResponseSchema,
} from "@/lib/contracts/probe";
import { draftFinding } from "@/lib/pipeline/governance/draft-finding";
import { getPosture } from "@/lib/pipeline/governance/get-posture";
import { getProbeRun, listProbeRuns } from "@/lib/pipeline/governance/probe-runs";
import { runProbes } from "@/lib/pipeline/governance/run-probes";
import { postureChecksToWire, postureDraftToWire, postureFromQuery } from "@/lib/wire/posture";
import {
  probeRunListToWire,
  probeRunsFromQuery,
  probeRunToWire,
  probesFromWire,
  probesToWire,
} from "@/lib/wire/probe";
import { adminErrors } from "../problem";
import { route } from "../route";

const prefix = "/incident-monitor/security";
const probesCode = "INCIDENT_MONITOR_ASSESSMENT_PROBES_ADMIN_REQUIRED";
const draftsCode = "INCIDENT_MONITOR_POSTURE_DRAFTS_TOKEN_REQUIRED";

export const postureRoutes = [
  route({
    method: "get",
    path: `${prefix}/posture-checks`,
    summary:
      "What the rules find in the authority inventory, as far as the caller may see it. Reads only, in every mode.",
    auth: { kind: "actor", permission: "read" },
    query: postureQuerySchema,
    response: postureChecksSchema,
    run: async ({ ctx, query }) => ({
      body: postureChecksToWire(await getPosture(ctx, postureFromQuery(query))),
    }),
  }),
  route({
    method: "post",
    path: `${prefix}/posture-drafts`,
    summary:
      "Make a draft of a finding: it is taken in as a report whose identity is the finding's fingerprint, so a second one is counted and not drafted again",
    auth: { kind: "actor", permission: "report", adminCode: draftsCode },
    body: postureDraftSchema,
    response: postureDraftResponseSchema,
    errors: {
      ...adminErrors(draftsCode),
      posture_finding_not_found: [404, "INCIDENT_MONITOR_POSTURE_FINDING_NOT_FOUND"],
    },
    run: async ({ ctx, body }) => ({
      body: postureDraftToWire(body.fingerprint, await draftFinding(ctx, body)),
    }),
  }),
  route({
    method: "post",
    path: `${prefix}/assessment-probes`,
    summary:
      "Try the controls with something harmless and keep what came of it as evidence. Nothing outside is called and no setting is changed.",
    auth: { kind: "actor", permission: "configure", adminCode: probesCode },
    body: assessmentProbesSchema,
    response: assessmentProbesResponseSchema,
    errors: adminErrors(probesCode),
    run: async ({ ctx, body }) => ({ body: probesToWire(await runProbes(ctx, probesFromWire(body))) }),
  }),
  route({
    method: "get",
    path: `${prefix}/assessment-probes`,
    summary: "Runs of the probes that are kept, newest first; for roles over everything",
    auth: { kind: "actor", permission: "read" },
    query: probeRunListQuerySchema,
    response: probeRunListSchema,
    run: async ({ ctx, query }) => ({
      body: probeRunListToWire(await listProbeRuns(ctx, probeRunsFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: `${prefix}/assessment-probes/{probe_run_id}`,
    summary: "One run of the probes with every result. Its hash is computed again and compared.",
    auth: { kind: "actor", permission: "read" },
    response: probeRunResponseSchema,
    errors: { probe_run_not_found: [404, "INCIDENT_MONITOR_PROBE_RUN_NOT_FOUND"] },
    run: async ({ ctx, params }) => ({
      body: { run: probeRunToWire(await getProbeRun(ctx, { probeRunId: params.probe_run_id ?? "" })) },
    }),
  }),
];
