namespace GalaxyNet.Train;

/// <summary>For each question, how well shares fit the votes, and which answers are taken for which.</summary>
internal static class QuestionCards
{
    /// <summary>A card for each question.</summary>
    public static Html Of(RunReport report) => Html.Of(
        $"""
        <h2>Calibration and confusion by question</h2>
        <p>Chart: all predicted shares of a question's answers in ten bins, each bin's mean beside the mean vote; on the
        dashed line the network is as sure as the volunteers. Table: the answer that got most votes (row) and the one
        that the network puts first (column), in galaxies; counted where at least half of all voters came to the
        question.</p>
        <div class="by-question">{DecisionTree.Questions.Select(question => Card(report, question))}</div>
        """);

    private static Html Card(RunReport report, Question question) => Html.Of(
        $"""
        <section class="card question-card"><h3>{question.Number}. {question.Text}</h3>
        {CalibrationChart.Of(question, VoteCalibration.Of(question, report.ByError))}
        {Table(new Confusion(question, report.ByError))}</section>

        """);

    private static Html Table(Confusion confusion)
    {
        var question = confusion.Question;
        if (confusion.Galaxies == 0)
            return Html.Of($"<p>About none of these galaxies was it asked by half of the voters.</p>");
        return Html.Of(
            $"""
            <div class="counts"><table class="confusion"><thead><tr><th>votes \ network</th>
            {question.ClassNames.Select(Column)}</tr></thead>
            <tbody>{question.Answers.Select((_, answer) => Row(confusion, answer))}</tbody></table>
            <small>{confusion.Agreed:N0} of {confusion.Galaxies:N0} galaxies agree
            ({100.0 * confusion.Agreed / confusion.Galaxies:F0} %)</small></div>
            """);
    }

    private static Html Column(string name) => Html.Of(
        $"""
        <th class="number" title="{DecisionTree.NameInWords(DecisionTree.IndexOf(name))}">{Code(name)}</th>
        """);

    private static Html Row(Confusion confusion, int answer)
    {
        int all = confusion.MostVoted(answer);
        string name = confusion.Question.ClassNames.ElementAt(answer);
        return Html.Of(
            $"""
            <tr><th>{Code(name)} {confusion.Question.Answers[answer]}</th>
            {Enumerable.Range(0, confusion.Question.Answers.Length).Select(other =>
                Cell(confusion.Counts[answer, other], all))}</tr>
            """);
    }

    /// <summary>The larger its part of the row, the darker a cell.</summary>
    private static Html Cell(int count, int all)
    {
        double share = all == 0 ? 0 : (double)count / all;
        return Html.Of($"""<td class="number" style="--share:{share:F2}">{count:N0}</td>""");
    }

    private static string Code(string className) => className["Class".Length..];
}
