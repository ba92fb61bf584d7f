import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { decidePermission } from "@/lib/domain/permission";
import { actors } from "@/lib/testing/context";
import { jsonEndpoints } from "@/lib/testing/json-endpoints";
import {
  type Credential,
  createMatrixGround,
  type MatrixGround,
  type ProjectId,
} from "@/lib/testing/matrix-ground";
import { operationKey } from "./openapi-operations";
import type { ApiRoute, RouteAuth } from "./route";
import { apiRoutes } from "./routes";

let ground: MatrixGround;
beforeAll(async () => {
  ground = await createMatrixGround();
}, 120_000);
afterAll(() => ground?.close());

/** One thing to be allowed: a route, or one of the two ways into a route that takes keys and full credentials. */
type Row = { key: string; route: ApiRoute; auth: RouteAuth; query: string; unbound?: true };

/** What has to be asked for, where the question alone is none. */
const queries: Readonly<Record<string, string>> = {
  "GET /incident-monitor/log-sources/browse": "?root=/workspace/repos",
  "GET /incident-monitor/evidence":
    "?reference=tandem://incident-monitor/{project_id}/evidence/{source_id}/none.json",
};

const rows: Row[] = apiRoutes.flatMap((route): Row[] => {
  const { auth } = route;
  const key = operationKey(route);
  if (auth.kind !== "intake" || !auth.unboundPermission)
    return [{ key, route, auth, query: queries[key] ?? "" }];
  const permission = auth.unboundPermission;
  return [
    { key: `${key}?project_id`, route, auth, query: "?project_id=shop" },
    { key: `${key} unbound`, route, auth: { kind: "actor", permission }, query: "", unbound: true },
  ];
});

/** What authorization answers; `in` is anything but a refusal of the caller, whatever the verb then finds. */
type Expected = { status: number | "in"; code?: string };
const inside: Expected = { status: "in" };
const keyRequired: Expected = { status: 401, code: "INCIDENT_MONITOR_INTAKE_KEY_REQUIRED" };
const keyInvalid: Expected = { status: 401, code: "INCIDENT_MONITOR_INTAKE_KEY_INVALID" };
/** Whatever else is presented: the link is what counts. */
const linkUnknown = ({ path }: { path: string }): Expected => ({
  status: 401,
  code: path.includes("/password-resets/")
    ? "INCIDENT_MONITOR_PASSWORD_RESET_UNKNOWN"
    : "INCIDENT_MONITOR_INVITATION_UNKNOWN",
});
const projectRequired: Expected = { status: 400, code: "INCIDENT_MONITOR_INTAKE_PROJECT_REQUIRED" };
const unsigned: Expected = { status: 401, code: "INCIDENT_MONITOR_SIGNATURE_INVALID" };
const crossOrigin: Expected = { status: 403, code: "CROSS_ORIGIN" };

/** Nobody known. `presented` as a bearer counts as a scoped key on the intake routes. */
function stranger(presented: "nothing" | "bearer") {
  return ({ auth, route }: Row): Expected => {
    if (auth.kind === "public") return inside;
    if (auth.kind === "link") return linkUnknown(route);
    if (auth.kind === "signature") return unsigned;
    if (auth.kind === "intake") return presented === "bearer" ? keyInvalid : keyRequired;
    return { status: 401, code: auth.adminCode ?? "AUTH_REQUIRED" };
  };
}

/** Somebody known: in with the permission that the route declares, otherwise 403 in the route's own words if it has some. */
function known(actor: Actor, presented: "nothing" | "bearer" = "nothing") {
  return (row: Row): Expected => {
    if (row.auth.kind !== "actor") return stranger(presented)(row);
    const decision = decidePermission(actor, row.auth.permission);
    if (decision.allowed) return inside;
    const own = row.route.errors?.forbidden?.[1];
    return { status: 403, code: own ?? `INCIDENT_MONITOR_${decision.reason.toUpperCase()}` };
  };
}

/** A scoped key opens the intake routes, for its own project and while it is good, and nothing else (contract 1.3). */
function keyHolder(place: "header" | "bearer" | "beside", good: boolean) {
  return (row: Row): Expected => {
    const { auth } = row;
    if (row.unbound) return projectRequired;
    if (auth.kind === "intake") return good ? inside : keyInvalid;
    if (auth.kind === "actor" && auth.adminCode && place !== "bearer")
      return { status: 403, code: auth.adminCode };
    if (auth.kind === "signature") return unsigned;
    if (place === "beside" && auth.kind === "actor") return known(actors.adminToken())(row);
    return stranger("bearer")(row);
  };
}

/** A good session in a request that does not come from our pages. */
function fromElsewhere(readsToo: boolean) {
  return (row: Row): Expected => {
    if (row.auth.kind !== "actor") return stranger("nothing")(row);
    return row.route.method !== "get" || readsToo ? crossOrigin : inside;
  };
}

/** What a person's role on the project of the record opens although the permission is asked of no record in particular. */
const opensByProject: Readonly<Record<string, "own" | "hidden" | "any">> = {
  "POST /incident-monitor/grouping-rules": "own",
  "POST /incident-monitor/grouping-rules/preview": "own",
  "GET /incident-monitor/security/scenario-packs": "any",
  "DELETE /incident-monitor/security/scenario-packs/{pack_id}": "hidden",
  "GET /incident-monitor/security/scenario-runs": "any",
  "GET /incident-monitor/security/scenario-runs/{scenario_run_id}": "hidden",
  "POST /incident-monitor/intake/keys": "own",
  "POST /incident-monitor/intake/keys/{key_id}/rotate": "own",
  "POST /incident-monitor/intake/keys/{key_id}/disable": "own",
  "POST /incident-monitor/log-sources/{project_id}/{source_id}/reset-offset": "hidden",
  "POST /incident-monitor/log-sources/{project_id}/{source_id}/replay-latest": "hidden",
  "POST /incident-monitor/log-sources/{project_id}/{source_id}/backfill": "hidden",
  "POST /incident-monitor/log-sources/{project_id}/{source_id}/quarantine/replay": "hidden",
  "GET /incident-monitor/log-sources/{project_id}/{source_id}": "hidden",
  "GET /incident-monitor/log-sources/{project_id}/{source_id}/quarantine": "hidden",
  // The project that a template is tried for stands in the body.
  "POST /incident-monitor/issue-template/preview": "own",
  // Of what is named only the records of the person's own projects are deleted.
  "POST /incident-monitor/incidents/bulk-delete": "any",
  "POST /incident-monitor/drafts/bulk-delete": "any",
  "POST /incident-monitor/posts/bulk-delete": "any",
  "DELETE /incident-monitor/test-reports": "any",
  // Who may assess some projects gets the numbers of those.
  "POST /incident-monitor/security/governance-metrics": "any",
  // Each gets the cards of what they may see.
  "POST /incident-monitor/security/deployment-cards": "any",
  // The same of reports: those of the whole deployment are not theirs.
  "POST /incident-monitor/security/assessment-report": "any",
  "GET /incident-monitor/security/assessment-reports": "any",
  "GET /incident-monitor/security/assessment-reports/{report_id}": "hidden",
  // Each with its own outcome: of another project's there is none.
  "POST /incident-monitor/posts/bulk-retry": "any",
  "POST /incident-monitor/drafts/bulk-decide": "any",
  "POST /incident-monitor/drafts/bulk-triage": "any",
  "POST /incident-monitor/drafts/bulk-retry": "any",
};
/** What tells of every project, so that roles on some do not open it. */
const closedToProjects =
  /^GET (?:\/config\/incident-monitor\/history|\/incident-monitor\/security\/assessment-probes)/;
const isRecordPath = /\{(?:break_glass|draft|incident|post|run|silence|rule|hold|card)_id\}/;

/** Admin on the project `shop` and nothing else; records of `other` do not exist for them. */
function projectAdmin(project: ProjectId) {
  const forbidden: Expected = { status: 403, code: "INCIDENT_MONITOR_ROLE_MAY_NOT" };
  const missing = ({ errors }: ApiRoute): Expected => {
    const [status, code] = errors?.not_found ?? [404];
    return { status, ...(code && { code }) };
  };
  return (row: Row): Expected => {
    const { auth, route, key } = row;
    if (auth.kind !== "actor") return stranger("nothing")(row);
    const opens = isRecordPath.test(route.path) ? "hidden" : opensByProject[key];
    if (opens) {
      if (opens === "any" || project === "shop") return inside;
      return opens === "hidden" ? missing(route) : forbidden;
    }
    if (closedToProjects.test(key) || !["read", "ownAccount"].includes(auth.permission)) {
      return { status: 403, code: route.errors?.forbidden?.[1] ?? forbidden.code };
    }
    return inside;
  };
}

type Caller = {
  credential: (ground: MatrixGround) => Promise<Credential>;
  expected: (row: Row) => Expected;
  /** Whose records the paths and bodies name. */
  project?: ProjectId;
};

const tokenHeaders = ["authorization", "x-tandem-token", "x-agent-token"] as const;
const presentedIn = (header: string) => (header === "authorization" ? "bearer" : "nothing");
const bearers = { token: presentedIn("authorization") } as const;
const { adminToken, serviceToken, agentToken } = actors;
const past = Date.now() - 60_000;

const callers: Record<string, Caller> = {
  nobody: { credential: (on) => on.credentials.none(), expected: stranger("nothing") },
  ...Object.fromEntries(
    tokenHeaders.flatMap(
      (header): Array<[string, Caller]> => [
        [
          `a wrong token in ${header}`,
          { credential: (on) => on.credentials.wrong(header), expected: stranger(presentedIn(header)) },
        ],
        [
          `an admin token in ${header}`,
          {
            credential: (on) => on.credentials.token({ kind: "admin" }, header),
            expected: known(adminToken(), presentedIn(header)),
          },
        ],
      ],
    ),
  ),
  "a service token": {
    credential: (on) => on.credentials.token({ kind: "service" }),
    expected: known(serviceToken(), bearers.token),
  },
  "an agent token": {
    credential: (on) => on.credentials.token({ kind: "agent" }),
    expected: known(agentToken(), bearers.token),
  },
  "a service token narrowed to reading": {
    credential: (on) => on.credentials.token({ kind: "service", scopes: ["read"] }),
    expected: known(serviceToken({ scopes: ["read"] }), bearers.token),
  },
  "an admin token narrowed to configuring": {
    credential: (on) => on.credentials.token({ kind: "admin", scopes: ["read", "configure", "manageKeys"] }),
    expected: known(adminToken({ scopes: ["read", "configure", "manageKeys"] }), bearers.token),
  },
  "an agent token narrowed to triage": {
    credential: (on) => on.credentials.token({ kind: "agent", scopes: ["read", "triage"] }),
    expected: known(agentToken({ scopes: ["read", "triage"] }), bearers.token),
  },
  "an expired token": {
    credential: (on) => on.credentials.token({ kind: "admin", createdAtMs: past - 1, expiresAtMs: past }),
    expected: stranger("bearer"),
  },
  "a disabled token": {
    credential: (on) => on.credentials.token({ kind: "admin", disabledAt: new Date(past) }),
    expected: stranger("bearer"),
  },
  "a scoped key in its header": {
    credential: (on) => on.credentials.keyHeader(on.keys.shop),
    expected: keyHolder("header", true),
  },
  "a scoped key as bearer": {
    credential: (on) => on.credentials.keyBearer(on.keys.shop),
    expected: keyHolder("bearer", true),
  },
  "a scoped key beside an admin token": {
    credential: (on) => on.credentials.keyBeside(on.keys.shop),
    expected: keyHolder("beside", true),
  },
  "a key of another project": {
    credential: (on) => on.credentials.keyHeader(on.keys.other),
    expected: keyHolder("header", false),
  },
  "a disabled key": {
    credential: (on) => on.credentials.keyHeader(on.keys.disabled),
    expected: keyHolder("header", false),
  },
  "an expired key": {
    credential: (on) => on.credentials.keyBearer(on.keys.expired),
    expected: keyHolder("bearer", false),
  },
  ...Object.fromEntries(
    (["viewer", "auditor", "triager", "approver", "admin"] as const).map((role): [string, Caller] => [
      `the role ${role} by cookie`,
      { credential: (on) => on.credentials.cookie(role), expected: known(actors[role]()) },
    ]),
  ),
  "an admin's cookie in a page of another site": {
    credential: (on) => on.credentials.cookieFrom({ origin: "https://evil.example" }),
    expected: fromElsewhere(true),
  },
  "an admin's cookie in a request from another site without an origin": {
    credential: (on) => on.credentials.cookieFrom({ "sec-fetch-site": "cross-site" }),
    expected: fromElsewhere(false),
  },
  "an admin's cookie from no browser": {
    credential: (on) => on.credentials.cookieFrom({}),
    expected: fromElsewhere(false),
  },
  "an admin of one project, on its records": {
    credential: (on) => on.credentials.cookie(null, { shop: "admin" }),
    expected: projectAdmin("shop"),
  },
  "an admin of one project, on another's records": {
    credential: (on) => on.credentials.cookie(null, { shop: "admin" }),
    expected: projectAdmin("other"),
    project: "other",
  },
};

const samples = new Map(jsonEndpoints().map((each) => [`${each.method} ${each.path}`, each.sample]));

let asked = 0;
async function ask(row: Row, { credential, project = "shop" }: Caller) {
  const parameters = ground.parameters(project);
  const path = (row.route.path + row.query).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (!value) throw new Error(`give {${name}} of ${row.key} a value in lib/testing/matrix-ground.ts`);
    return encodeURIComponent(value);
  });
  const sample = samples.get(operationKey(row.route));
  const body = namesProject(sample) ? { ...sample, project_id: project } : sample;
  const presented = await credential(ground);
  asked += 1;
  return ground.api.call(row.route.method.toUpperCase(), path, {
    ...presented,
    // Each from an address of its own: wrong links are counted by it.
    headers: { ...presented.headers, "x-forwarded-for": `address-${asked}` },
    ...(body !== undefined && { body }),
  });
}

const namesProject = (sample: unknown): sample is { project_id: string } =>
  typeof sample === "object" && sample !== null && "project_id" in sample;

/** Refused first: what those who are in do changes what there is to be refused. What ends something comes last. */
const order = ({ key }: Row) => (/^DELETE|bulk-delete|\/disable|\/expire/.test(key) ? 1 : 0);
const cases = Object.entries(callers).flatMap(([name, caller]) =>
  rows.map((row) => ({ name, caller, row, expected: caller.expected(row) })),
);
const refused = cases.filter((each) => each.expected.status !== "in");
const admitted = cases
  .filter((each) => each.expected.status === "in")
  .sort((left, right) => order(left.row) - order(right.row));

describe("who may call what", () => {
  it("asks every route of every caller", () => {
    expect(cases).toHaveLength(rows.length * Object.keys(callers).length);
    expect(new Set(rows.map(({ route }) => operationKey(route)))).toEqual(
      new Set(apiRoutes.map(operationKey)),
    );
    const named = [...Object.keys(opensByProject), ...Object.keys(queries)];
    expect(named.filter((key) => !rows.some((row) => row.key === key))).toEqual([]);
  });

  it.each(
    refused.map(
      (each) => [`${each.row.key}: ${each.name} is answered ${each.expected.status}`, each] as const,
    ),
  )("%s", async (_, { caller, row, expected }) => {
    const answer = await ask(row, caller);
    expect([answer.status, answer.body?.code]).toEqual([
      expected.status,
      expected.code ?? expect.stringMatching(/^[A-Z_]+$/),
    ]);
  });

  it.each(admitted.map((each) => [`${each.row.key}: ${each.name} is in`, each] as const))(
    "%s",
    async (_, { caller, row }) => {
      const { status, text } = await ask(row, caller);
      expect([401, 403, 429].includes(status) || status === 500, `${status} ${text.slice(0, 200)}`).toBe(
        false,
      );
    },
  );
});
