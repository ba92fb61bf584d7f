/** The reason of this tab's last denial. Several drafts of one noise are denied for one reason. */
let last = "";

export const lastReason = {
  read: () => last,
  keep(reason: string) {
    last = reason;
  },
};
