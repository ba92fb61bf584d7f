import { AppError } from "./errors";

/** Parts of the contract that come with a later version; their calls check everything they can before they say so. */
export type LaterCapability = "security";

const words: Record<LaterCapability, string> = {
  security: "Security assessment is not available in this version yet. Nothing was changed",
};

/** The one refusal of what is not there yet: 501 at the API, never an empty or invented answer. */
export function notAvailable(capability: LaterCapability, context: Record<string, unknown> = {}): AppError {
  return new AppError("not_available", "not_available", words[capability], {
    ...context,
    retryable: false,
    capability,
  });
}
