/** `incident_monitor.log.worker`, `incident_monitor.intake.external`: the names that intake gives where nobody gave one. */
const made = /^incident_monitor\.(log|intake|[a-z_]+)(?:\.(.+))?$/;

/** A source as people say it. What a reporter called it stays as they wrote it. */
export function sourceWords(source: string): string {
  if (source === "manual") return "reported directly";
  const [, kind, rest] = made.exec(source) ?? [];
  switch (kind) {
    case undefined:
      return source;
    case "log":
      return rest ? `log ${rest}` : "a log";
    case "intake":
      return !rest || rest === "external" ? "intake key" : `intake key, ${rest}`;
    default:
      return `this monitor's ${kind.replaceAll("_", " ")}`;
  }
}
