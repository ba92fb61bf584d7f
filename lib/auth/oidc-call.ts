import { reason } from "@/lib/domain/reason";
import { logger } from "@/lib/logger";
import { clientAddress } from "./client-address";
import { providerId } from "./oidc-provider";
import { type OidcCall, refusalUrl } from "./options";
import type { Process } from "./process";
import { signInByProvider, throttleProvider } from "./provider-sign-in";

const turnedAway = reason("provider_denied", "The provider did not let the person through.");

/**
 * What next-auth needs to know of the provider before it begins or ends a sign-in through it. undefined for every other
 * call, which must not wait for anybody; an answer when the provider cannot be asked.
 */
export async function oidcCall(
  process: Process,
  action: readonly string[],
  request: Request,
): Promise<OidcCall | Response | undefined> {
  const { oidc, publicUrl } = process;
  const [verb, provider] = action;
  if (!oidc || provider !== providerId || (verb !== "signin" && verb !== "callback")) return undefined;
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const from = { address: clientAddress(header, publicUrl), userAgent: header("user-agent") ?? null };
  if (verb === "callback" && new URL(request.url).searchParams.has("error")) {
    const denied = (await throttleProvider(process, from)) ?? turnedAway;
    await signInByProvider(process, { ok: false, reason: denied }, from);
    return Response.redirect(refusalUrl(process, denied.code), 302);
  }
  const found = await oidc.endpoints(Date.now());
  if (found.ok) return { endpoints: found.endpoints, from };
  logger.warn({ reason: found.reason }, "the OpenID Connect provider cannot be asked");
  const url = refusalUrl(process, found.reason.code);
  // Beginning is asked for by our own page, which takes the address from JSON; ending is a page of its own.
  return request.method === "POST" ? Response.json({ url }) : Response.redirect(url, 302);
}
