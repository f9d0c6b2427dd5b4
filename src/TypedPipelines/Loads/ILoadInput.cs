namespace TypedPipelines.Running;

/// <summary>What the accounting asks of a load, whatever its row type.</summary>
internal interface ILoadInput
{
    /// <summary>The table.</summary>
    TableContract Contract { get; }

    /// <summary>Rows put in.</summary>
    long Received { get; }

    /// <summary>Rows dropped because the contract says so.</summary>
    long Dropped { get; }

    /// <summary>Rows quarantined because the contract says so.</summary>
    long Rejected { get; }

    /// <summary>Rows that broke the contract, whether dropped or quarantined; those outside the window are none of them.</summary>
    long LeftOut { get; }

    /// <summary>Rows staged.</summary>
    long Staged { get; }

    /// <summary>Rows of which checks of single rows were made.</summary>
    long Checked { get; }

    /// <summary>How many rows broke a check of single rows.</summary>
    /// <param name="check">Its place in the contract's checks.</param>
    RowTally TallyOf(int check);

    /// <summary>What was added up for a check of all rows.</summary>
    /// <param name="check">Its place in the contract's checks.</param>
    CheckMeasure MeasureOf(int check);
}
