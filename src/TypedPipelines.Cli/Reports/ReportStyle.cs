namespace TypedPipelines.Cli.Reports;

/// <summary>How the report looks: light or dark as the reader's machine is, on a phone as on a desk, and nothing fetched.</summary>
internal static class ReportStyle
{
    internal const string Css =
        """
        :root{color-scheme:light dark;--back:#fff;--fore:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;--complete:#1a7f37;--partial:#0969da;--stale:#9a6700;--failed:#cf222e;--missing:#8c959f;--table:#ddf4ff;--source:#dafbe1;--step:#f6f8fa}
        @media (prefers-color-scheme:dark){:root{--back:#0d1117;--fore:#e6edf3;--soft:#9198a1;--line:#3d444d;--card:#151b23;--complete:#3fb950;--partial:#4493f8;--stale:#d29922;--failed:#f85149;--missing:#6e7681;--table:#12304d;--source:#12331f;--step:#1f2630}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1rem;max-width:72rem;background:var(--back);color:var(--fore);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.25rem;margin:2rem 0 .25rem;border-top:1px solid var(--line);padding-top:1rem}h3{font-size:1rem;margin:1.25rem 0 .5rem}
        p{margin:.25rem 0}a{color:var(--partial)}.soft{color:var(--soft)}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:break-word}th{color:var(--soft);font-weight:600;white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.85rem}.legend i{margin-right:.35rem;vertical-align:-1px}
        .span{display:flex;gap:.75rem;align-items:flex-start;margin:.2rem 0}.span b{flex:none;width:5.5rem;font-weight:400;font-size:.85rem;color:var(--soft)}
        .cells{display:flex;flex-wrap:wrap;gap:2px}i{display:inline-block;width:12px;height:12px;border-radius:2px}
        i.complete,.bars .complete{background:var(--complete);fill:var(--complete)}i.partial{background:var(--partial)}i.stale{background:var(--stale)}i.failed,.bars .failed{background:var(--failed);fill:var(--failed)}i.missing{background:none;border:1px solid var(--missing)}.bars .missing{fill:var(--missing)}
        figure{margin:.5rem 0}figcaption{font-size:.85rem;color:var(--soft)}.bars{display:block;width:100%;max-width:40rem;height:auto}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}
        .graph{display:block;max-width:none}.graph rect{stroke:var(--line);fill:var(--step)}.graph .table rect{fill:var(--table)}.graph .source rect{fill:var(--source)}.graph text{fill:var(--fore);font-size:12px;text-anchor:middle}.graph .edge{fill:none;stroke:var(--soft);stroke-width:1.5}.graph .lookup{stroke-dasharray:4 3}
        details{border:1px solid var(--line);border-radius:6px;background:var(--card);margin:.4rem 0;padding:.4rem .75rem}summary{cursor:pointer;font-weight:600}details>.wide{margin-top:.4rem}
        @media (max-width:40rem){body{padding:.75rem;font-size:14px}.span{flex-direction:column;gap:.1rem}i{width:14px;height:14px}}
        """;
}
