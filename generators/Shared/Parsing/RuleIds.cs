namespace TypedPipelines.Compilation.Parsing;

/// <summary>The ids of all rules. Ids are never reused; docs/rules has a page for each.</summary>
internal static class RuleIds
{
    public const string Append = "TP1001";
    public const string RawInsert = "TP1002";
    public const string RunDependentValue = "TP1003";
    public const string RelativeWrite = "TP1004";
    public const string MergeWithoutLock = "TP1005";
    public const string PassedRunDependentValue = "TP1006";
    public const string OtherWindow = "TP1007";
    public const string DeleteWithoutTransaction = "TP1008";
    public const string EmptiedTable = "TP1009";
    public const string CheckThenInsert = "TP1010";
    public const string ValueInText = "TP1011";
    public const string MergeWithoutVersion = "TP1012";
    public const string LocalPartition = "TP1013";
    public const string CultureDependent = "TP1014";
    public const string SideEffect = "TP1015";
    public const string DuplicateInType = "TP2001";
    public const string DuplicateAcrossTypes = "TP2002";
    public const string DuplicateSql = "TP2003";
    public const string ComputedTwice = "TP2004";
    public const string TwoVersions = "TP2005";
    public const string LargeStep = "TP3001";
    public const string MixedStep = "TP3002";
    public const string DeepQuery = "TP3003";
    public const string SwallowedException = "TP5001";
    public const string FailureAsValue = "TP5002";
    public const string NoOwner = "TP5003";
    public const string NoCheck = "TP5004";
    public const string NoRemedy = "TP5005";

    // Those that the parser finds broken.
    public const string ClassNotPartial = "TP4001";
    public const string ClassShape = "TP4002";
    public const string NothingProduces = "TP4003";
    public const string SeveralProduce = "TP4004";
    public const string Cycle = "TP4005";
    public const string OutputUnused = "TP4006";
    public const string Signature = "TP4007";
    public const string ColumnType = "TP4008";
    public const string KeyMissing = "TP4009";
    public const string PartitionColumn = "TP4010";
    public const string FloatKey = "TP4011";
    public const string RowConstruction = "TP4012";
    public const string DecimalPrecision = "TP4013";
    public const string PartitionText = "TP4014";
    public const string NullableKey = "TP4015";
    public const string NothingToDo = "TP4016";
    public const string TableName = "TP4017";
    public const string PipelineName = "TP4018";

    // What no pipeline can know alone.
    public const string SharedName = "TP4019";

    public const string LoadOptions = "TP4020";
    public const string NotChecked = "TP4021";
    public const string Unsatisfiable = "TP4022";
    public const string ColumnTaken = "TP4024";
    public const string OneStrategy = "TP4025";
    public const string Format = "TP4026";
    public const string GeneratedName = "TP4027";
    public const string CheckSignature = "TP4040";
    public const string CheckOptions = "TP4041";
    public const string RejectedShare = "TP4023";
    public const string OwnTable = "TP4030";

    // What a statement says, which only an analyzer reads.
    public const string SqlHole = "TP4031";
    public const string SqlColumns = "TP4032";
    public const string SqlTextNumber = "TP4033";

    public const string SqlNull = "TP4036";

    public const string NoWindows = "TP4034";
    public const string Schedule = "TP4035";
}
