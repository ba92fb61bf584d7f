import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

/** What it does wrong. */
export type OidcFault =
  | "wrong nonce"
  | "wrong audience"
  | "another party"
  | "wrong issuer"
  | "expired"
  | "not yet"
  | "alg none"
  | "alg HS256"
  | "unknown kid"
  | "wrong key"
  | "no id token"
  | "not json"
  | "hanging"
  | "no subject";

export type OidcPerson = { sub: string; email?: string; email_verified?: unknown; name?: string };

export const oidcClient = { id: "incident-monitor", secret: "a secret: of this + client" };

type Grant = { nonce: string; challenge: string; redirectUri: string; loginAsked: boolean };

/** An OpenID Connect provider on loopback: signs in whoever `person` is at once, holds the client to PKCE and its secret. */
export class FakeOidc {
  person: OidcPerson = {
    sub: "ada-1",
    email: "ada@example.test",
    email_verified: true,
    name: "Ada Lovelace",
  };
  fault: OidcFault | null = null;
  /** The person said no over there. */
  denies = false;
  /** Says the address at userinfo alone. */
  addressAtUserinfo = false;
  readonly requests: string[] = [];
  #grants = new Map<string, Grant>();
  #keys = generateKeyPair("RS256", { extractable: true });
  #otherKeys = generateKeyPair("RS256", { extractable: true });
  #keyId = "key-1";
  #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    return this;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As providers do: the old key is gone, the new one is in the set. */
  rotateKeys(): void {
    this.#keys = generateKeyPair("RS256", { extractable: true });
    this.#keyId = `key-${randomBytes(4).toString("hex")}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** What the browser would carry back, without a browser. */
  grant(grant: Partial<Grant> & Pick<Grant, "nonce" | "challenge" | "redirectUri">): string {
    const code = randomBytes(16).toString("hex");
    this.#grants.set(code, { loginAsked: false, ...grant });
    return code;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.issuer);
    this.requests.push(`${request.method} ${url.pathname}`);
    if (url.pathname === "/.well-known/openid-configuration") return json(response, 200, this.#document());
    if (url.pathname === "/jwks") return json(response, 200, { keys: [await this.#publicKey()] });
    if (url.pathname === "/authorize") return this.#authorize(url, response);
    if (url.pathname === "/token") return this.#token(request, response);
    if (url.pathname === "/userinfo") return json(response, 200, this.person);
    return json(response, 404, { error: "not_found" });
  }

  #document() {
    const at = (path: string) => `${this.issuer}${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at("/authorize"),
      token_endpoint: at("/token"),
      jwks_uri: at("/jwks"),
      userinfo_endpoint: at("/userinfo"),
    };
  }

  async #publicKey() {
    const { publicKey } = await this.#keys;
    return { ...(await exportJWK(publicKey)), kid: this.#keyId, alg: "RS256", use: "sig" };
  }

  #authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const word = (name: string) => asked.get(name) ?? "";
    const target = new URL(word("redirect_uri"));
    const wellFormed =
      word("client_id") === oidcClient.id &&
      word("response_type") === "code" &&
      word("code_challenge_method") === "S256" &&
      word("scope").split(" ").includes("openid");
    if (!wellFormed) return json(response, 400, { error: "invalid_request" });
    if (this.denies) target.searchParams.set("error", "access_denied");
    else {
      const code = this.grant({
        ...{ nonce: word("nonce"), challenge: word("code_challenge"), redirectUri: target.href },
        loginAsked: word("prompt") === "login",
      });
      target.searchParams.set("code", code);
    }
    target.searchParams.set("state", word("state"));
    response.writeHead(302, { location: target.href }).end();
  }

  async #token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request));
    if (this.fault === "hanging") return;
    if (this.fault === "not json") return void response.writeHead(200).end("<html>sorry</html>");
    const grant = this.#grants.get(form.get("code") ?? "");
    this.#grants.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const holds =
      grant !== undefined &&
      form.get("grant_type") === "authorization_code" &&
      form.get("redirect_uri") === grant.redirectUri &&
      challenge === grant.challenge &&
      isOurClient(request.headers.authorization);
    if (!holds) return json(response, 400, { error: "invalid_grant" });
    const answer = { access_token: "an-access-token", token_type: "Bearer" };
    if (this.fault === "no id token") return json(response, 200, answer);
    return json(response, 200, { ...answer, id_token: await this.#idToken(grant) });
  }

  async #idToken({ nonce, loginAsked }: Grant): Promise<string> {
    const fault = this.fault;
    const nowS = Math.floor(Date.now() / 1_000);
    const { email, email_verified, ...rest } = this.person;
    const claims: JWTPayload = {
      ...rest,
      ...(!this.addressAtUserinfo && { email, email_verified }),
      iss: fault === "wrong issuer" ? "https://elsewhere.example" : this.issuer,
      aud: fault === "wrong audience" ? "another-client" : oidcClient.id,
      iat: fault === "expired" ? nowS - 7_200 : nowS,
      exp: fault === "expired" ? nowS - 3_600 : nowS + 300,
      nonce: fault === "wrong nonce" ? "a nonce of another sign-in" : nonce,
      auth_time: loginAsked ? nowS : nowS - 86_400,
      ...(fault === "another party" && { azp: "another-client" }),
      ...(fault === "not yet" && { nbf: nowS + 3_600 }),
      ...(fault === "no subject" && { sub: "" }),
    };
    if (fault === "alg none") return new UnsecuredJWT(claims).encode();
    if (fault === "alg HS256") {
      // The classic: the public key, which everybody has, taken for a shared secret.
      const secret = new TextEncoder().encode(JSON.stringify(await this.#publicKey()));
      return new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: this.#keyId }).sign(secret);
    }
    const { privateKey } = fault === "wrong key" ? await this.#otherKeys : await this.#keys;
    const kid = fault === "unknown kid" ? "nobody-has-this" : this.#keyId;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(privateKey);
  }
}

function isOurClient(authorization: string | undefined): boolean {
  const [, encoded = ""] = /^Basic (\S+)$/.exec(authorization ?? "") ?? [];
  const [id = "", secret = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const plain = (text: string) => new URLSearchParams(`_=${text}`).get("_");
  return plain(id) === oidcClient.id && plain(secret) === oidcClient.secret;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
