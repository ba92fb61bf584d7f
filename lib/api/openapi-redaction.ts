const im = "/incident-monitor";

/** What the document calls each operation of redaction. */
export const redactionOperations: Readonly<Record<string, { id: string }>> = {
  [`POST ${im}/redaction-test`]: { id: "testRedaction" },
  [`GET ${im}/redaction/preview`]: { id: "previewRereading" },
  [`GET ${im}/redaction/runs`]: { id: "listRedactionRuns" },
  [`POST ${im}/redaction/runs`]: { id: "startRereading" },
  [`POST ${im}/redaction/runs/{redaction_run_id}/stop`]: { id: "stopRereading" },
};

export const redactionTag = {
  name: "Redaction",
  description: "Trying the redactor on a text, and reading what is stored again when its rules find more.",
  paths: /^\/incident-monitor\/redaction\b/,
};
