import type { Destination } from "@/lib/domain/config";
import { type Reason, reason } from "@/lib/domain/reason";

const defaultPath = "incident-monitor/telemetry";
const pathMax = 240;

/**
 * Where a record is filed, as a name inside the product's own store. The reference wrote to any absolute path a config
 * named (W-45); here a path that tries to leave makes the destination unready, with the reason.
 */
export function telemetryPath(
  destination: Destination,
): { ok: true; path: string } | { ok: false; reason: Reason } {
  const config = destination.config ?? {};
  const given = destination.telemetryPath ?? config.telemetry_path ?? config.path;
  if (given === undefined || given === null) return { ok: true, path: defaultPath };
  if (typeof given !== "string") return refuse("telemetry_path_malformed", "The telemetry path is not text.");
  const path = given.trim();
  if (path === "")
    return refuse("telemetry_path_blank", "The telemetry path is blank; leave it unset instead.");
  if (path.length > pathMax) {
    return refuse("telemetry_path_malformed", `The telemetry path is longer than ${pathMax} characters.`);
  }
  if (/^[/\\~]/.test(path) || /^[a-z]:/i.test(path) || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) {
    return refuse(
      "telemetry_path_absolute",
      "The telemetry path must be relative; records stay with the product.",
    );
  }
  if (/[\\\p{Cc}\p{Cf}\p{Surrogate}]/u.test(path)) {
    return refuse("telemetry_path_malformed", "The telemetry path has backslashes or invisible characters.");
  }
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.some((segment) => /^\.\.+$/.test(segment.trim()))) {
    return refuse("telemetry_path_escapes", "The telemetry path must not contain '..'.");
  }
  if (segments.length === 0) return refuse("telemetry_path_blank", "The telemetry path names nothing.");
  return { ok: true, path: segments.join("/") };
}

function refuse(code: string, message: string): { ok: false; reason: Reason } {
  return { ok: false, reason: reason(code, message) };
}
