import { randomBytes } from "node:crypto";
import type { MadeInvitationWire, MadePasswordResetWire } from "@/lib/contracts/access";
import type { Monitor } from "./monitor";

export type Person = { email: string; password: string };

/** Somebody with a role over everything, who was invited and has joined. */
export async function addPerson(monitor: Monitor, role: string): Promise<Person> {
  const [email, password] = [
    `${role}-${randomBytes(4).toString("hex")}@example.test`,
    randomBytes(12).toString("hex"),
  ];
  const access = "/incident-monitor/access/invitations";
  const invited = await monitor.call<MadeInvitationWire>("POST", access, { email, role });
  const token = invited.body.link?.split("#")[1];
  const joined = await monitor.call(
    "POST",
    `${access}/accept`,
    { token, name: `The ${role}`, password },
    { token: "" },
  );
  if (joined.status !== 200) throw new Error(`nobody joined: ${JSON.stringify([invited.body, joined.body])}`);
  return { email, password };
}

/** Some people, one of them disabled, an invitation that is open, and tokens in several states. */
export async function seedAccess(
  monitor: Monitor,
): Promise<{ person: string; link: string; resetLink: string }> {
  const done = async <Body>(method: string, path: string, body: object = {}): Promise<Body> => {
    const sent = method === "GET" ? undefined : body;
    const answer = await monitor.call<Body>(method, `/incident-monitor/access${path}`, sent);
    if (answer.status === 200) return answer.body;
    throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  };
  const [first, second] = [await addPerson(monitor, "triager"), await addPerson(monitor, "viewer")];
  const after = await done<{ users: Array<{ user_id: string; email: string }> }>("GET", "/users?limit=200");
  const idOf = (email: string) => after.users.find((each) => each.email === email)?.user_id ?? "";
  await done("PATCH", `/users/${idOf(first.email)}`, {
    name: "Grace Hopper",
    project_roles: { storefront: "approver" },
  });
  await done("PATCH", `/users/${idOf(second.email)}`, { name: "Charles Babbage" });
  await done("POST", `/users/${idOf(second.email)}/disable`);
  const email = `ada-${randomBytes(4).toString("hex")}@example.test`;
  const invited = await done<MadeInvitationWire>("POST", "/invitations", {
    email,
    project_roles: { storefront: "approver" },
  });
  const reset = await done<MadePasswordResetWire>("POST", `/users/${idOf(first.email)}/password-reset`);
  await done("POST", "/tokens", {
    name: "Nightly export",
    kind: "service",
    scopes: ["read"],
    expires_at_ms: Date.now() + 9 * 86_400_000,
  });
  await done("POST", "/tokens", { name: "Coder", kind: "agent" });
  const old = await done<{ token: { token_id: string } }>("POST", "/tokens", {
    name: "Old script",
    kind: "admin",
  });
  await done("POST", `/tokens/${old.token.token_id}/disable`);
  return { person: idOf(first.email), link: invited.link, resetLink: reset.link };
}
