import type { DestinationWire } from "@/lib/contracts/config";

/** What a row takes from the rest of the configuration when it leaves it empty. */
export type DestinationFallbacks = {
  repo: string | undefined;
  mcpServer: string | undefined;
  redactionProfile: string;
};

/** What the form of every kind is given. `errorAt` and `warningAt` take a field of the row. */
export type DestinationFormProps = {
  row: DestinationWire;
  saved: DestinationWire | undefined;
  takenIds: readonly string[];
  fallbacks: DestinationFallbacks;
  onChange: (row: DestinationWire) => void;
  errorAt: (field: string) => string | undefined;
  warningAt: (field: string) => { code: string; message: string } | undefined;
  /** The server has checked what is in the form now. */
  checked: boolean;
};
