import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { oidcCall } from "@/lib/auth/oidc-call";
import { authOptions } from "@/lib/auth/options";
import { currentProcess } from "@/lib/auth/process";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Options are made per request: the process is installed when the server starts, not when this file is loaded. */
async function answer(request: NextRequest, context: RouteContext): Promise<Response> {
  const process = currentProcess();
  const call = await oidcCall(process, (await context.params).nextauth, request);
  if (call instanceof Response) return call;
  return NextAuth(request, context as never, authOptions(process, call));
}

export { answer as GET, answer as POST };
