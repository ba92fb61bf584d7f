export type StepStatus = "done" | "active" | "now" | "later" | "failed" | "skipped";

/** The disc of a step: filled tick, ring half drawn, ring with a centre, dashed ring, crossed. The status is said by the stepper. */
export function StepMark({ status }: { status: StepStatus }) {
  return (
    <svg
      data-slot="step-mark"
      aria-hidden
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      className="flex-none"
    >
      {status === "done" ? (
        <>
          <circle cx="8" cy="8" r="7" fill="var(--foreground)" />
          <path
            d="M4.9 8.2l2.1 2.1 4.1-4.4"
            stroke="var(--background)"
            strokeWidth={1.6}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      ) : null}
      {status === "now" ? (
        <>
          <circle cx="8" cy="8" r="6.5" stroke="var(--state-needs)" strokeWidth={1.5} />
          <circle cx="8" cy="8" r="3.5" fill="var(--state-needs)" />
        </>
      ) : null}
      {status === "active" ? (
        <>
          <circle cx="8" cy="8" r="6.5" stroke="var(--state-active)" strokeWidth={1.5} />
          <path d="M8 4.2a3.8 3.8 0 0 1 0 7.6z" fill="var(--state-active)" />
        </>
      ) : null}
      {status === "failed" ? (
        <>
          <circle cx="8" cy="8" r="6.5" stroke="var(--state-failed)" strokeWidth={1.5} />
          <path
            d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6"
            stroke="var(--state-failed)"
            strokeWidth={1.5}
            strokeLinecap="round"
          />
        </>
      ) : null}
      {status === "later" ? (
        <circle cx="8" cy="8" r="6.5" stroke="var(--input)" strokeWidth={1.5} strokeDasharray="2.4 2.1" />
      ) : null}
      {status === "skipped" ? (
        <>
          <circle cx="8" cy="8" r="6.5" stroke="var(--input)" strokeWidth={1.5} />
          <path d="M5.2 8h5.6" stroke="var(--input)" strokeWidth={1.5} strokeLinecap="round" />
        </>
      ) : null}
    </svg>
  );
}
