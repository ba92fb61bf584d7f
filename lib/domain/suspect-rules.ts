/** The rules by which commits are suspected: the names that a suspect's `because` holds. Described in docs/triage-rules.md. */
export const suspectRules = [
  ...(["changed_failing_line", "changed_failing_function", "changed_calling_function"] as const),
  ...(["changed_called_function", "changed_value_used_there", "changed_same_file"] as const),
  ...(["beside_failing_line", "removed_named_symbol", "touched_named_symbol"] as const),
  ...([
    "removed_name_of_failing_line",
    "changed_value_read_there",
    "shares_names_with_failing_line",
  ] as const),
  ...([
    "makes_failing_value",
    "changed_configured_value",
    "bumped_library_in_trace",
    "removed_guard",
    "changed_order",
    "changed_condition_or_number",
  ] as const),
  ...(["small_edit", "fits_the_failure", "among_the_last_changes", "shortly_before_first_seen"] as const),
  ...(["since_last_good", "before_last_good", "after_first_seen", "rewritten_after_first_seen"] as const),
  ...(["mass_change", "first_commit", "is_merge", "was_reverted"] as const),
] as const;

export type SuspectRule = (typeof suspectRules)[number];
