/** Shaped like the domain's Reason, declared here because this room imports no other. */
export type NetReason = {
  code: string;
  message: string;
  fields?: Record<string, string | number | boolean | null>;
};
