/** Next on its own (`next dev`, `next start`) has no server.ts that installed database and services before it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NEXT_PHASE !== "phase-production-build") {
    const { installProcess, isProcessInstalled } = await import("@/lib/auth/process");
    if (isProcessInstalled()) return;
    const { readEnv } = await import("@/lib/env");
    const { buildProcess } = await import("@/lib/services");
    installProcess(buildProcess(readEnv()));
  }
}
