import { z } from "@hono/zod-openapi";
import { endingCredentials } from "@/lib/auth/credential-cache";
import {
  apiTokenListQuerySchema,
  apiTokenListSchema,
  apiTokenResponseSchema,
  createApiTokenSchema,
  madeApiTokenSchema,
  rotateApiTokenSchema,
  rotatedApiTokenSchema,
} from "@/lib/contracts/access";
import { createToken } from "@/lib/pipeline/access/create-token";
import { disableToken } from "@/lib/pipeline/access/disable-token";
import { listTokens } from "@/lib/pipeline/access/list-tokens";
import { rotateToken } from "@/lib/pipeline/access/rotate-token";
import {
  apiTokenListToWire,
  apiTokenToWire,
  createTokenFromWire,
  listTokensFromQuery,
  madeTokenToWire,
  rotatedTokenToWire,
  rotateTokenFromWire,
} from "@/lib/wire/access";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const tokens = "/incident-monitor/access/tokens";
const missing: RouteErrors = {
  token_not_found: [404, "INCIDENT_MONITOR_TOKEN_NOT_FOUND"],
  token_is_hosts: [409, "INCIDENT_MONITOR_TOKEN_IS_HOSTS"],
};
const expired: RouteErrors = { token_expired: [400, "INCIDENT_MONITOR_TOKEN_EXPIRED"] };

export const accessTokenRoutes = [
  route({
    method: "get",
    path: tokens,
    summary: "API tokens, newest first; never their values or hashes",
    auth: { kind: "actor", permission: "readAccess" },
    query: apiTokenListQuerySchema,
    response: apiTokenListSchema,
    run: async ({ ctx, query }) => ({
      body: apiTokenListToWire(await listTokens(ctx, listTokensFromQuery(query))),
    }),
  }),
  route({
    method: "post",
    path: tokens,
    summary:
      "Make a token of a kind, narrowed to its scopes where some are given; its value is answered once. A narrowed token makes none that may do more.",
    auth: { kind: "actor", permission: "manageAccess" },
    body: createApiTokenSchema,
    response: madeApiTokenSchema,
    errors: {
      ...expired,
      name_required: [400, "INCIDENT_MONITOR_NAME_REQUIRED"],
      token_scope_beyond_kind: [400, "INCIDENT_MONITOR_TOKEN_SCOPE_BEYOND_KIND"],
    },
    run: async ({ ctx, body }) => ({
      body: madeTokenToWire(await createToken(ctx, createTokenFromWire(body))),
    }),
  }),
  route({
    method: "post",
    path: `${tokens}/{token_id}/rotate`,
    summary:
      "Make a successor with the same kind and scopes; the old token ends after the overlap. The value is answered once",
    auth: { kind: "actor", permission: "manageAccess" },
    body: rotateApiTokenSchema,
    response: rotatedApiTokenSchema,
    errors: {
      ...missing,
      ...expired,
      token_not_active: [409, "INCIDENT_MONITOR_TOKEN_NOT_ACTIVE"],
      token_changed: [409, "INCIDENT_MONITOR_TOKEN_CHANGED"],
    },
    run: async ({ ctx, params, body }) => {
      const input = rotateTokenFromWire(params.token_id ?? "", body);
      return { body: rotatedTokenToWire(await endingCredentials(rotateToken(ctx, input))) };
    },
  }),
  route({
    method: "post",
    path: `${tokens}/{token_id}/disable`,
    summary: "Stop a token for good and at once; doing it twice is the same",
    auth: { kind: "actor", permission: "manageAccess" },
    body: z.looseObject({}),
    response: apiTokenResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => ({
      body: { token: apiTokenToWire(await endingCredentials(disableToken(ctx, params.token_id ?? ""))) },
    }),
  }),
];
