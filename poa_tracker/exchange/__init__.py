"""In and out: bundles and text files, starting points for drafts, letters and reports."""
