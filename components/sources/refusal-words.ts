import type { LogSourceHealthWire } from "@/lib/contracts/log-source";

export type LogSourceErrorCode = NonNullable<LogSourceHealthWire["error_code"]>;

/** Why a file or folder cannot be chosen, in a few words for beside its name. */
export const refusalWords: Record<LogSourceErrorCode, string> = {
  not_found: "it is gone",
  permission_denied: "this server may not read it",
  outside_root: "it leads out of the allowed folder",
  root_not_allowed: "not in an allowed folder",
  symlink_refused: "a link that leads out of the allowed folder",
  not_a_file: "neither a file nor a folder",
  io_error: "it could not be looked at",
  rotated_file_lost: "it is gone",
};
