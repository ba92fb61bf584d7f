import { authorityGraphSchema } from "@/lib/contracts/authority-graph";
import { authorityInventorySchema } from "@/lib/contracts/authority-inventory";
import {
  putAuthoritySubjectsSchema,
  registeredSchema,
  registrationListSchema,
  registrationRemovedSchema,
} from "@/lib/contracts/authority-subjects";
import { deleteAuthoritySubjects } from "@/lib/pipeline/governance/delete-authority-subjects";
import { getAuthorityGraph } from "@/lib/pipeline/governance/get-authority-graph";
import { getAuthorityInventory } from "@/lib/pipeline/governance/get-authority-inventory";
import { listAuthoritySubjects } from "@/lib/pipeline/governance/list-authority-subjects";
import { putAuthoritySubjects } from "@/lib/pipeline/governance/put-authority-subjects";
import { authorityGraphToWire, authorityInventoryToWire } from "@/lib/wire/authority-inventory";
import {
  registrationFromWire,
  registrationListToWire,
  registrationToWire,
} from "@/lib/wire/authority-subjects";
import { etagHeader, preconditionsOf } from "../etag";
import { route } from "../route";

const prefix = "/incident-monitor/security";
const subjects = `${prefix}/authority-subjects`;

export const authorityRoutes = [
  route({
    method: "get",
    path: `${prefix}/authority-inventory`,
    summary: "Who and what may act here, and on what; of anything sensitive only whether it is there",
    auth: { kind: "actor", permission: "read" },
    response: authorityInventorySchema,
    run: async ({ ctx }) => ({ body: authorityInventoryToWire(await getAuthorityInventory(ctx)) }),
  }),
  route({
    method: "get",
    path: `${prefix}/authority-graph`,
    summary: "Who or what may publish where, and through which approval",
    auth: { kind: "actor", permission: "read" },
    response: authorityGraphSchema,
    run: async ({ ctx }) => ({ body: authorityGraphToWire(await getAuthorityGraph(ctx)) }),
  }),
  route({
    method: "get",
    path: subjects,
    summary: "What runtimes registered about themselves, with its age",
    auth: { kind: "actor", permission: "read" },
    response: registrationListSchema,
    run: async ({ ctx }) => ({ body: registrationListToWire(await listAuthoritySubjects(ctx), ctx.nowMs) }),
  }),
  route({
    method: "put",
    path: subjects,
    summary:
      "Register what a runtime has: workflows, automations, agents, tool policies. Replaces all it said before; names alone, never a value.",
    auth: { kind: "actor", permission: "registerSubjects" },
    body: putAuthoritySubjectsSchema,
    redacts: "verb",
    bodyLimitBytes: 512 * 1024,
    response: registeredSchema,
    errors: {
      registration_invalid: [422, "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_INVALID"],
      registration_stale: [409, "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_STALE"],
      registrations_too_many: [409, "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_TOO_MANY"],
    },
    run: async ({ ctx, body, request }) => {
      const input = { ...registrationFromWire(body), ...preconditionsOf(request) };
      const { registration, changed } = await putAuthoritySubjects(ctx, input);
      return {
        body: { registration: registrationToWire(registration, ctx.nowMs), changed },
        headers: etagHeader(String(registration.generation)),
      };
    },
  }),
  route({
    method: "delete",
    path: `${subjects}/{runtime_id}`,
    summary: "Take out everything a runtime registered",
    auth: { kind: "actor", permission: "registerSubjects" },
    response: registrationRemovedSchema,
    errors: { registration_not_found: [404, "INCIDENT_MONITOR_AUTHORITY_SUBJECTS_NOT_FOUND"] },
    run: async ({ ctx, params }) => {
      const runtimeId = params.runtime_id ?? "";
      await deleteAuthoritySubjects(ctx, { runtimeId });
      return { body: { runtime_id: runtimeId, removed: true } };
    },
  }),
];
