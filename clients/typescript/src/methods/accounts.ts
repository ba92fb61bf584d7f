import { type CallOptions, segment, type Transport } from "../transport.js";
import type { TotpReset } from "../types/account.js";

export function accountMethods(transport: Transport) {
  return {
    /** For somebody who has lost phone and recovery codes: takes their second factor away and ends their sessions. */
    resetTotp: async (userId: string, options?: CallOptions): Promise<TotpReset> =>
      transport.json(
        {
          method: "POST",
          path: `/incident-monitor/access/users/${segment(userId, "userId")}/totp-reset`,
          body: {},
        },
        options,
      ),
  };
}
