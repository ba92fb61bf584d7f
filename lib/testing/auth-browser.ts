import NextAuth, { type NextAuthOptions } from "next-auth";

export type AuthAnswer = {
  status: number;
  location: string | null;
  body: { url?: string; csrfToken?: string } & Record<string, unknown>;
};

/** A browser: keeps cookies, and asks for what next-auth/react asks for. */
export function authBrowser(options: () => NextAuthOptions) {
  const cookies = new Map<string, string>();

  async function ask(
    method: string,
    action: string[],
    body?: Record<string, string>,
    query: Record<string, string> = {},
  ): Promise<AuthAnswer> {
    const answer: AuthAnswer = { status: 200, location: null, body: {} };
    const headers = new Map<string, unknown>();
    const response = {
      status(code: number) {
        answer.status = code;
        return response;
      },
      getHeader: (name: string) => headers.get(name),
      setHeader: (name: string, value: unknown) => headers.set(name, value),
      json: (value: AuthAnswer["body"]) => (answer.body = value),
      send: (value: AuthAnswer["body"]) => (answer.body = value),
      end: () => undefined,
    };
    const request = {
      method,
      query: { ...query, nextauth: action },
      body,
      cookies: Object.fromEntries(cookies),
      headers: { "x-incident-monitor-peer": "192.0.2.1", "user-agent": "Firefox" },
    };
    await NextAuth(request as never, response as never, options());
    for (const line of [headers.get("Set-Cookie") ?? []].flat() as string[]) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) cookies.set(name, decodeURIComponent(value));
      else cookies.delete(name);
    }
    answer.location = (headers.get("Location") as string | undefined) ?? null;
    return answer;
  }

  const post = async (action: string[], body: Record<string, string>, query?: Record<string, string>) => {
    const { csrfToken = "" } = (await ask("GET", ["csrf"])).body;
    return ask("POST", action, { ...body, csrfToken, json: "true" }, query);
  };

  return {
    cookies,
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    session: () => ask("GET", ["session"]),
    signOut: () => post(["signout"], { callbackUrl: "/sign-in" }),
    post,
    signIn: (email: string, password: string, callbackUrl = "/drafts") =>
      post(["callback", "credentials"], { email, password, callbackUrl }),
    ask,
  };
}
