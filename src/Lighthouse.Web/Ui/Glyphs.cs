namespace Lighthouse.Web.Ui;

/// <summary>Line icons, 24 x 24, drawn with the current colour.</summary>
internal static class Glyphs
{
    public const string Overview = "M4 19V11M9.3 19V5M14.7 19v-6M20 19V8";
    public const string Escalations = "M12 3l9 9-9 9-9-9zM12 8.5v4M12 15.6v.2";
    public const string Decisions = "M5 4h14M5 9h14M5 14h9M5 19h6M16.5 18l2 2 3.5-4";
    public const string Agents = "M7 8h10a2 2 0 012 2v7a2 2 0 01-2 2H7a2 2 0 01-2-2v-7a2 2 0 012-2zM12 8V4.5M9.5 13v1M14.5 13v1M2.5 12v3M21.5 12v3";
    public const string Speed = "M4 18a8.5 8.5 0 1116 0M12 16l4.5-6M12 16v.2";
    public const string Policies = "M12 3l7 3v5c0 4.6-2.8 8-7 10-4.2-2-7-5.4-7-10V6zM9 11.5l2.2 2.2L15.2 9.5";
    public const string Fold = "M14 6l-6 6 6 6M19 6v12";
    public const string Theme = "M12 4a8 8 0 108 8 6.5 6.5 0 01-8-8z";
    public const string Clock = "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2";
    public const string Search = "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20";
    public const string Stop = "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9 12h6";
    public const string Person = "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5";
    public const string Copy = "M9 9h10v11H9zM5 15V4h10";
    public const string Close = "M6 6l12 12M18 6L6 18";
    public const string Back = "M15 5l-7 7 7 7";
    public const string Plus = "M12 5v14M5 12h14";
}
