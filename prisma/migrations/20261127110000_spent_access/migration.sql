-- What is over is looked for by when it ended: spent sign-in windows at each sign-in, ended sessions every half minute.
CREATE INDEX "sign_in_throttles_window_ends_at_idx" ON "sign_in_throttles"("window_ends_at");
CREATE INDEX "sessions_ended_idx" ON "sessions" (LEAST("expires_at", "revoked_at"));
