namespace TypedPipelines.Tests.Partitions;

public sealed class PartitionKeyTests
{
    public static TheoryData<string> Schemes => [.. SchemeOf.Keys];

    private static Dictionary<string, PartitionScheme> SchemeOf { get; } = new()
    {
        ["none"] = PartitionScheme.None,
        ["hourly"] = PartitionScheme.Hourly("2024-03-09", "2024-11-10", "America/Chicago"),
        ["half-hourly"] = PartitionScheme.Hourly("2024-04-06", "2024-04-09", "Australia/Lord_Howe"),
        ["daily"] = PartitionScheme.Daily("2023-12-30", "2025-01-03", "America/Havana"),
        ["monthly"] = PartitionScheme.Monthly("2023-11", "2025-02", "Europe/Berlin"),
        ["quarterly"] = PartitionScheme.Quarterly("2023-Q4", "2025-Q2", "America/Havana"),
        ["yearly"] = PartitionScheme.Yearly("2010", "2014", "Pacific/Apia"),
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void EveryKey_ReadsAsItsOwnPartition(string name)
    {
        PartitionScheme scheme = SchemeOf[name];
        Partition[] all = [.. scheme.All()];
        all.ShouldNotBeEmpty();
        foreach (Partition partition in all)
        {
            Partition read = scheme.Parse(partition.Key);
            (read.Key, read.Start, read.End).ShouldBe((partition.Key, partition.Start, partition.End));
            (read.Window.StartDate, read.Window.EndDate).ShouldBe((partition.Window.StartDate, partition.Window.EndDate));
        }
    }

    [Theory]
    [InlineData("daily", "2024-1-1", "days such as 2001-01-31")]
    [InlineData("daily", "2024-02-30", "days such as 2001-01-31")]
    [InlineData("daily", "2024-01", "days such as 2001-01-31")]
    [InlineData("daily", " 2024-01-01", "days such as 2001-01-31")]
    [InlineData("daily", "", "days such as 2001-01-31")]
    [InlineData("monthly", "2024-13", "months such as 2001-01")]
    [InlineData("monthly", "2024-01-01", "months such as 2001-01")]
    [InlineData("quarterly", "2024-Q0", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "2024-Q5", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "2024-q1", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "2024-Q11", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "2024Q1", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "24-Q1", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "2o24-Q1", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "0000-Q1", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "2024-01", "quarters such as 2001-Q1")]
    [InlineData("quarterly", "", "quarters such as 2001-Q1")]
    [InlineData("yearly", "2012-01", "years such as 2001")]
    [InlineData("yearly", "12", "years such as 2001")]
    [InlineData("yearly", "02012", "years such as 2001")]
    [InlineData("yearly", "0000", "years such as 2001")]
    [InlineData("hourly", "2024-05-01T07:00", "hours such as 2001-01-31T07:00Z or 2001-01-31T07:00-06:00")]
    [InlineData("hourly", "2024-05-01T07:30Z", "hours such as 2001-01-31T07:00Z or 2001-01-31T07:00-06:00")]
    [InlineData("hourly", "2024-05-01", "hours such as 2001-01-31T07:00Z or 2001-01-31T07:00-06:00")]
    [InlineData("none", "All", "one, named 'all'")]
    public void ATextOfAnotherForm_IsRefusedWithTheForm(string scheme, string key, string form)
    {
        PipelineException refused = Should.Throw<PipelineException>(() => SchemeOf[scheme].Parse(key));

        refused.Kind.ShouldBe(FailureKind.Usage);
        refused.What.ShouldBe($"'{key}' is not a partition of this pipeline, whose partitions are {form}");
    }

    [Theory]
    [InlineData("daily", "2023-12-29", "2023-12-30", "2025-01-03")]
    [InlineData("daily", "2025-01-03", "2023-12-30", "2025-01-03")]
    [InlineData("monthly", "2023-10", "2023-11", "2025-02")]
    [InlineData("monthly", "2025-02", "2023-11", "2025-02")]
    [InlineData("quarterly", "2023-Q3", "2023-Q4", "2025-Q2")]
    [InlineData("quarterly", "2025-Q2", "2023-Q4", "2025-Q2")]
    [InlineData("yearly", "2009", "2010", "2014")]
    [InlineData("yearly", "2014", "2010", "2014")]
    [InlineData("hourly", "2024-03-08T23:00-06:00", "2024-03-09T00:00-06:00", "2024-11-10T00:00-06:00")]
    [InlineData("hourly", "2024-11-10T00:00-06:00", "2024-03-09T00:00-06:00", "2024-11-10T00:00-06:00")]
    public void AKeyOutsideTheRange_IsRefusedWithTheRange(string scheme, string key, string first, string end)
    {
        PipelineException refused = Should.Throw<PipelineException>(() => SchemeOf[scheme].Parse(key));

        refused.Kind.ShouldBe(FailureKind.Window);
        refused.What.ShouldBe($"partition {key} lies outside this pipeline's range, which begins with {first} and ends before {end}");
    }

    [Fact]
    public void TheLastKeysOfTheCalendar_LieOutsideEveryRange()
    {
        Should.Throw<PipelineException>(() => PartitionScheme.Daily("2024-01-01").Parse("9999-12-31"))
            .What.ShouldBe("partition 9999-12-31 lies outside this pipeline's range, which begins with 2024-01-01");
        Should.Throw<PipelineException>(() => PartitionScheme.Monthly("2024-01").Parse("9999-12")).Kind.ShouldBe(FailureKind.Window);
        Should.Throw<PipelineException>(() => PartitionScheme.Quarterly("2024-Q1").Parse("9999-Q4")).Kind.ShouldBe(FailureKind.Window);
        Should.Throw<PipelineException>(() => PartitionScheme.Yearly("2024").Parse("9999")).Kind.ShouldBe(FailureKind.Window);
        PartitionScheme.Quarterly("9997-Q4").All().Last().Key.ShouldBe("9998-Q4");
        PartitionScheme.Yearly("9990").All().Last().Key.ShouldBe("9998");
        Should.Throw<PipelineException>(() => PartitionScheme.Hourly("2024-01-01").Parse("9999-12-31T23:00Z")).Kind.ShouldBe(FailureKind.Window);
    }

    [Fact]
    public void ASchemesTexts_AreRefusedWithTheirForm()
    {
        Should.Throw<PipelineException>(() => PartitionScheme.Daily("01/31/2024")).Message.ShouldBe("'01/31/2024' is not of the form yyyy-MM-dd. Write it like 2001-01-31.");
        Should.Throw<PipelineException>(() => PartitionScheme.Monthly("2024-01-01")).Message.ShouldBe("'2024-01-01' is not of the form yyyy-MM. Write it like 2001-01.");
        Should.Throw<PipelineException>(() => PartitionScheme.Quarterly("2024-01")).Message.ShouldBe("'2024-01' is not of the form yyyy-Qn. Write it like 2001-Q1.");
        Should.Throw<PipelineException>(() => PartitionScheme.Yearly("2024-01")).Message.ShouldBe("'2024-01' is not of the form yyyy. Write it like 2001.");
        Should.Throw<PipelineException>(() => PartitionScheme.Daily("2024-01-01", timeZone: "Mars/Olympus")).What.ShouldBe("this machine knows no time zone named 'Mars/Olympus'");
    }

    [Fact]
    public void TheDeclaredEnd_IsAsDeclared()
    {
        SchemeOf["hourly"].EndsBefore.ShouldBe("2024-11-10");
        SchemeOf["daily"].EndsBefore.ShouldBe("2025-01-03");
        SchemeOf["monthly"].EndsBefore.ShouldBe("2025-02");
        SchemeOf["quarterly"].EndsBefore.ShouldBe("2025-Q2");
        SchemeOf["yearly"].EndsBefore.ShouldBe("2014");
        PartitionScheme.None.EndsBefore.ShouldBeNull();
        PartitionScheme.Daily("2024-01-01").EndsBefore.ShouldBeNull();
    }

    [Fact]
    public void PartitionsAreEqual_WhereTheirGrainAndKeyAre()
    {
        Partition day = PartitionScheme.Daily("2024-01-01").Parse("2024-01-31");
        Partition again = PartitionScheme.Daily("2000-01-01").Parse("2024-01-31");
        Partition other = PartitionScheme.Daily("2024-01-01").Parse("2024-01-30");

        day.Equals(again).ShouldBeTrue();
        day.Equals((object)again).ShouldBeTrue();
        day.GetHashCode().ShouldBe(again.GetHashCode());
        day.Equals(other).ShouldBeFalse();
        day.Equals(null).ShouldBeFalse();
        day.Equals((object)"2024-01-31").ShouldBeFalse();
    }
}
