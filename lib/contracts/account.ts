import { z } from "zod";
import { msSchema } from "./record-values";

const roleSchema = z.enum(["viewer", "triager", "approver", "admin", "auditor"]);

/** The caller's own account, of the session that asks. */
export const accountSchema = z.object({
  user_id: z.string(),
  name: z.string(),
  email: z.string(),
  /** Absent where the person has roles on projects alone. */
  role: roleSchema.optional(),
  project_roles: z.record(z.string(), roleSchema),
  session_id: z.string(),
  has_password: z.boolean(),
  /** Since when one-time codes are asked for at sign-in; absent: they are not. */
  totp_enabled_at_ms: msSchema.optional(),
  recovery_codes_left: z.int(),
  /** The OpenID Connect provider of this host, and whether it knows this person; absent: the host has none. */
  provider: z.object({ name: z.string(), linked: z.boolean() }).optional(),
  /** What step-up takes of this person: `provider` is signing in again. */
  proof: z.enum(["code", "password", "provider"]),
  /** Until when this session's last proof holds; absent: it has to be given again. */
  step_up_until_ms: msSchema.optional(),
});
export const accountResponseSchema = z.object({ account: accountSchema });

const secretText = z.string().min(1).max(1_024);

/** One of both: a code (or recovery code) where the account has one-time codes, the password otherwise. */
export const stepUpSchema = z.object({
  password: secretText.nullish(),
  code: z.string().min(1).max(64).nullish(),
});
export const stepUpResponseSchema = z.object({ step_up_until_ms: msSchema });

/** One of the caller's sessions in force. `user_agent` is what the browser said of itself. */
export const ownSessionSchema = z.object({
  session_id: z.string(),
  current: z.boolean(),
  created_at_ms: msSchema,
  last_seen_at_ms: msSchema,
  expires_at_ms: msSchema,
  signed_in_by: z.enum(["password", "provider"]),
  user_agent: z.string().optional(),
});
export const ownSessionListSchema = z.object({ sessions: z.array(ownSessionSchema), count: z.int() });
export const totpResetSchema = z.object({ was_enabled: z.boolean() });
export const sessionsRevokedSchema = z.object({ revoked: z.int() });

export const changePasswordSchema = z.object({ current_password: secretText, new_password: secretText });
export const confirmTotpSchema = z.object({ code: z.string().min(1).max(64) });

export type TotpResetWire = z.infer<typeof totpResetSchema>;
export type AccountWire = z.infer<typeof accountSchema>;
export type StepUpWire = z.infer<typeof stepUpSchema>;
export type OwnSessionWire = z.infer<typeof ownSessionSchema>;
export type OwnSessionListWire = z.infer<typeof ownSessionListSchema>;
export type ChangePasswordWire = z.infer<typeof changePasswordSchema>;
