import type { Services } from "../context";

/**
 * The process's services with every way out shut: a call is counted and refused. Readiness is judged as ever, since it
 * asks nobody. No mail, no model, no test receiver's secret is used up: nothing of them can be reached.
 */
export function closedServices(services: Services): { services: Services; calls: () => number } {
  let calls = 0;
  const refuse = async (): Promise<never> => {
    calls += 1;
    throw new Error("A scenario may not call out");
  };
  const { mcp, mailer: _mailer, model: _model, ...kept } = services;
  return {
    services: {
      ...kept,
      fetch: refuse,
      ...(mcp && { mcp: { obstacles: mcp.obstacles, open: refuse } }),
    },
    calls: () => calls,
  };
}
