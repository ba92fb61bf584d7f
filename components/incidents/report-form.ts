import { z } from "zod";
import type { SubmissionWire } from "@/lib/contracts/report";

const text = (max: number) => z.string().max(max, `At most ${max.toLocaleString("en-GB")} characters`);

function linesField(rowMax: number) {
  return z
    .string()
    .refine((value) => lines(value).length <= 50, "At most 50 lines")
    .refine(
      (value) => lines(value).every((line) => line.length <= rowMax),
      `A line has at most ${rowMax.toLocaleString("en-GB")} characters`,
    );
}

/** What an operator types. Whether it is enough for a draft is the quality gate's to say, not this form's. */
export const reportFormSchema = z.object({
  title: text(1_000).refine((value) => value.trim() !== "", "Give it a title: it names the incident"),
  detail: text(200_000),
  risk: z.enum(["", "critical", "high", "medium", "low", "info"]),
  component: text(1_000),
  event: text(1_000),
  excerpt: linesField(10_000),
  links: linesField(2_000),
});

export type ReportForm = z.infer<typeof reportFormSchema>;

export const emptyReport: ReportForm = {
  title: "",
  detail: "",
  risk: "",
  component: "",
  event: "",
  excerpt: "",
  links: "",
};

function lines(value: string): string[] {
  return value
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

function filled(value: string): string | undefined {
  return value.trim() || undefined;
}

/** Only what was filled in is sent, so that the gate can tell given from assumed. */
export function submissionOf(form: ReportForm): SubmissionWire {
  const excerpt = lines(form.excerpt);
  const links = lines(form.links).map((line) => line.trim());
  return {
    title: form.title.trim(),
    detail: filled(form.detail),
    risk_level: form.risk || undefined,
    component: filled(form.component),
    event: filled(form.event),
    excerpt: excerpt.length > 0 ? excerpt : undefined,
    evidence_refs: links.length > 0 ? links : undefined,
  };
}

const formFieldOf: Record<string, keyof ReportForm> = {
  title: "title",
  detail: "detail",
  risk_level: "risk",
  component: "component",
  event: "event",
  excerpt: "excerpt",
  evidence_refs: "links",
};

/** The form's field for the field a refusal names: `report.excerpt.3` is the evidence lines. */
export function formFieldFor(path: string | undefined): keyof ReportForm | undefined {
  const name = path?.split(".").find((part) => Object.hasOwn(formFieldOf, part));
  return name ? formFieldOf[name] : undefined;
}
