import { type NextRequest, NextResponse } from "next/server";
import { getToken } from "next-auth/jwt";
import { contentSecurityPolicy } from "@/lib/auth/content-security-policy";
import { invitationPath, passwordResetPath, signInPath, verifyReceiptPath } from "@/lib/paths";

/**
 * Sends the signed-out to sign in and gives each page its nonce, nothing else. The cookie is only read here; whether
 * its session still stands is for pages, actions and routes to ask.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (isNavigation(request) && !isForAnybody(request) && !(await isSignedIn(request)))
    return toSignIn(request);

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Server actions answer for themselves: their callers expect an answer, not another page. */
const isNavigation = (request: NextRequest) => request.method === "GET" || request.method === "HEAD";
/** Screens for the signed-out, and the one that needs nobody. */
const isForAnybody = (request: NextRequest) =>
  [signInPath(), invitationPath(), passwordResetPath(), verifyReceiptPath()].includes(
    request.nextUrl.pathname,
  );

async function isSignedIn(request: NextRequest): Promise<boolean> {
  return (await getToken({ req: request, secret: process.env.NEXTAUTH_SECRET })) !== null;
}

/** Same address, another path: Next makes it relative, so that it holds behind any proxy. */
function toSignIn(request: NextRequest): NextResponse {
  const { pathname, searchParams } = request.nextUrl;
  const query = new URLSearchParams(searchParams);
  query.delete("_rsc");
  const wanted = query.size > 0 ? `${pathname}?${query}` : pathname;
  return NextResponse.redirect(new URL(signInPath(wanted === "/" ? undefined : wanted), request.nextUrl));
}

export const config = {
  matcher: [
    // Not the HTTP API, which answers 401 itself, nor sign-in's own routes, nor files.
    "/((?!incident-monitor/|config/|global/|bug-monitor/|failure-reporter/|openapi\\.json$|metrics$|api/auth/|_next/|icon\\.svg$|mark\\.svg$|favicon\\.ico$).*)",
  ],
};
