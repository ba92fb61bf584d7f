type Call = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;

const lookedAt = [{ what: "the report", outcome: "read" }];
const artifacts = {
  inspect: { looked_at: lookedAt },
  research: { looked_at: lookedAt },
  validate: { looked_at: lookedAt },
  propose: {
    ...{ looked_at: lookedAt, likely_cause: "It is done twice.", recommended_fix: "Do it once." },
    ...{ acceptance_criteria: ["It is done once."], verification_steps: ["Do it and look."] },
  },
};
/** A person's own words: what an agent proposed passes no gate by being sent back as it was. */
const summary = {
  why_it_likely_happened: "The amount is booked before it is checked.",
  recommended_fix: "Check the amount before it is booked.",
  steps_to_reproduce: ["Book it again."],
  acceptance_criteria: ["Booked again, it is refused."],
  verification_steps: ["Book it twice and count."],
};

/**
 * Has a draft triaged by an external agent and summarised by a person, so that trackers may file it: what a worker finds depends
 * on a project's folder, which a journey about sending has none of.
 */
export async function propose(call: Call, draftId: string): Promise<void> {
  const post = async (path: string, body: unknown) => {
    const answer = await call("POST", `/incident-monitor${path}`, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, unknown>;
  };
  const { run } = await post(`/drafts/${draftId}/triage-run`, { executor: "agent" });
  const path = `/triage-runs/${(run as { run_id: string }).run_id}`;
  const { claim_id } = await post(`${path}/claim`, {});
  for (const [phase, artifact] of Object.entries(artifacts)) {
    await post(`${path}/artifacts`, { claim_id, phase, artifact });
  }
  await post(`${path}/complete`, { claim_id });
  await post(`/drafts/${draftId}/triage-summary`, summary);
}
