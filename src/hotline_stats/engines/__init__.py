"""Who runs the kernel (intake and taxonomy over batches) and adds up its results."""
