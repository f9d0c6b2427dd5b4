// Some tests set environment variables, which all of the process sees.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
