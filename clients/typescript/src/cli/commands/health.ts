import { type Command, show } from "../command.js";
import { exitCodes } from "../exit-codes.js";

export const healthCommand: Command = {
  name: "health",
  summary: "Is the server up and its database reachable? Needs no token",
  examples: [
    "incident-monitor health",
    "until incident-monitor health --url https://incidents.example.com; do sleep 1; done",
  ],
  run: async (call) => {
    const health = await call.client.health({ signal: call.io.signal });
    show(call, health, () =>
      health.ready
        ? `${call.style.green("ready")}  ${call.url}${health.version ? `  version ${health.version}` : ""}`
        : `${call.style.red("not ready")}  ${call.url}`,
    );
    return health.ready ? exitCodes.ok : exitCodes.unreachable;
  },
};
