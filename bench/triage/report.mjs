/**
 * The failure as a reporter would send it. The runtime ran in the bench's folder; a deployed program runs elsewhere, so
 * that folder is put as the place of deployment, as far as a runtime prints it.
 */
export function reportOf(random, language, { output, root, layout, project, component }) {
  const elsewhere = (text) => text.replaceAll(root, layout.deployedAt);
  const printed = elsewhere(`${output.stdout}${output.stderr}`).trimEnd();
  const trace = elsewhere(language.traceOf?.(output) ?? output.stderr).trimEnd();
  const lines = printed.split("\n");
  const title = elsewhere(language.titleOf(output, layout)).slice(0, 200);
  const way = random.pick(["detail", "detail", "excerpt"]);
  return {
    title,
    detail: way === "detail" ? trace : `A nightly job of ${project} ended early.`,
    excerpt: way === "detail" ? lines.slice(0, 12) : lines.slice(-60),
    component: random.chance(0.5) ? component : null,
  };
}
