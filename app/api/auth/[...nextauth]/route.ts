import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** Options are made per request: the process is installed when the server starts, not when this file is loaded. */
function answer(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context as never, authOptions());
}

export { answer as GET, answer as POST };
