/** One or more ASCII letters, digits, `.`, `_`, `-`, as ids are made of. */
export function isSlug(id: string): boolean {
  return /^[A-Za-z0-9._-]{1,200}$/.test(id);
}

/** An id for a name that is not taken: "Pager EU" becomes `pager-eu`, or `pager-eu-2`. */
export function slugFor(name: string, taken: readonly string[], fallback: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, 60);
  const slug = plain || fallback;
  if (!taken.includes(slug)) return slug;
  let number = 2;
  while (taken.includes(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}
