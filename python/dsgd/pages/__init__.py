"""Results as one page of HTML that holds all it shows: what `dsgd report` and dsgd.report write."""
