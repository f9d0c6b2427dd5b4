using System;
using System.Collections.Generic;

namespace TypedPipelines.Compilation.Sql;

/// <summary>The words of SQL that are no columns, in expressions of SQLite, PostgreSQL and SQL Server.</summary>
internal static class SqlWords
{
    /// <summary>Those that none of the three takes for a name without quotes.</summary>
    public static readonly HashSet<string> Reserved = Set(
        "all and any as asc between by case collate desc distinct else end escape exists from having ilike in is isnull like not notnull null on or order over select similar some then union using when where with "
        + "true false current_date current_time current_timestamp current_user localtime localtimestamp session_user");

    /// <summary>Words of an expression that may be names elsewhere: where a column has the name, nobody can tell.</summary>
    public static readonly HashSet<string> Soft = Set(
        "both current exclude following for glob groups leading local match nulls partition placing preceding precision range regexp row rows time trailing unbounded unknown varying without zone");

    /// <summary>Words that end what a select reads from, or a condition of it.</summary>
    public static readonly HashSet<string> Clauses = Set("where group having order limit offset fetch window qualify for option union except intersect minus");

    public static readonly HashSet<string> Joins = Set("join inner left right full cross natural outer");

    /// <summary>Functions of many rows.</summary>
    public static readonly HashSet<string> Aggregates = Set(
        "any_value approx_count_distinct array_agg avg bit_and bit_or bit_xor bool_and bool_or checksum_agg corr count count_big covar_pop covar_samp every group_concat json_agg json_arrayagg json_group_array json_group_object "
        + "json_object_agg json_objectagg jsonb_agg jsonb_group_array jsonb_group_object jsonb_object_agg max median min mode percentile percentile_cont percentile_disc range_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 "
        + "regr_slope regr_sxx regr_sxy regr_syy stdev stdevp stddev stddev_pop stddev_samp string_agg sum total var varp var_pop var_samp variance xmlagg");

    /// <summary>Those whose value is the place of the row among others.</summary>
    public static readonly HashSet<string> Ranks = Set("row_number rank dense_rank percent_rank cume_dist ntile");

    /// <summary>Functions whose first argument is the word for a part of a date.</summary>
    public static readonly HashSet<string> TakePart = Set("date_bucket dateadd datediff datediff_big datename datepart datetrunc");

    /// <summary>Functions that have the type to convert to behind <c>as</c>.</summary>
    public static readonly HashSet<string> TakeTypeLast = Set("cast try_cast parse try_parse");

    /// <summary>Functions whose arguments, or whose result, are no plain expressions.</summary>
    public static readonly HashSet<string> Unread = Set("convert try_convert grouping grouping_id grouping_sets rollup cube json_table json_value json_query json_exists xmlelement xmlforest xmltable openjson values row");

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
