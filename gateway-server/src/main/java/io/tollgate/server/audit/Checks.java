package io.tollgate.server.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is looked for in a prompt. */
final class Checks {
    private static final int CHARS_A_TOKEN = 4;
    private static final int LEAST_SENTENCE = 40;
    private static final int VERBOSE = 16_000;
    private static final int MOST_EXAMPLES = 5;
    private static final int LONG_EXAMPLES = 4_000;
    /** Stable text behind something volatile that would be worth caching: 1,024 tokens. */
    private static final int WORTH_CACHING = 4_096;

    private static final Pattern FILLER = Pattern.compile(
            "\\b(please|kindly|i would like you to|i want you to|it is important to note that|please note that"
                    + "|as an ai language model|make sure to|be sure to|feel free to|in order to|due to the fact that"
                    + "|thank you(?: very much| so much)?|needless to say|at this point in time)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern VOLATILE =
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?)?\\b"
                    + "|\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b"
                    + "|\\b(?:req|sess|session|user|trace)[_-][0-9A-Za-z]{8,}\\b"
                    + "|\\{\\{?\\s*[\\w.$]*(?:date|time|now|today|uuid|session|user|request|random|name)[\\w.]*\\s*}?}"
                    + "|\\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
                    + " \\d{1,2}, \\d{4}\\b");
    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]+[.!?]?");
    private static final Pattern EXAMPLE = Pattern.compile(
            "^\\s*(?:#+\\s*|\\*\\*)?(example\\s*#?\\d*\\b|<example|input:|q:|question:|user:)",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private Checks() {}

    static void all(AuditedPrompt prompt, List<Issue> issues) {
        if (prompt.request() && !prompt.capped()) {
            issues.add(new Issue(
                    Rule.MISSING_CAP,
                    prompt.path(),
                    prompt.line(),
                    prompt.column(),
                    prompt.line(),
                    prompt.column() + 1,
                    "the request has no max_tokens (or max_completion_tokens, max_output_tokens, maxOutputTokens)"));
        }
        Map<String, PromptText> seen = new HashMap<>();
        for (PromptText text : prompt.texts()) {
            if (!text.role().equals("assistant") && !text.role().equals("model")) {
                filler(prompt, text, issues);
                redundancy(prompt, text, seen, issues);
                examples(prompt, text, issues);
            }
            if (text.isSystem() && prompt.request() && text.value().length() > VERBOSE) {
                issues.add(text.issue(
                        Rule.VERBOSE_SYSTEM,
                        prompt.path(),
                        0,
                        1,
                        "the system prompt has " + text.value().length() + " characters, about "
                                + tokens(text.value().length()) + " tokens on every call"));
            }
        }
        cacheability(prompt, issues);
        turns(prompt, issues);
    }

    private static void filler(AuditedPrompt prompt, PromptText text, List<Issue> issues) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, int[]> first = new java.util.LinkedHashMap<>();
        Matcher matcher = FILLER.matcher(text.value());
        while (matcher.find()) {
            String phrase = matcher.group().toLowerCase(Locale.ROOT);
            counts.merge(phrase, 1, Integer::sum);
            first.putIfAbsent(phrase, new int[] {matcher.start(), matcher.end()});
        }
        first.forEach((phrase, at) -> issues.add(text.issue(
                Rule.FILLER,
                prompt.path(),
                at[0],
                at[1],
                "filler '" + phrase + "'"
                        + (counts.getOrDefault(phrase, 1) > 1 ? ", " + counts.get(phrase) + " times" : ""))));
    }

    private static void redundancy(
            AuditedPrompt prompt, PromptText text, Map<String, PromptText> seen, List<Issue> issues) {
        Matcher matcher = SENTENCE.matcher(text.value());
        while (matcher.find()) {
            String sentence = matcher.group().strip();
            String normal = sentence.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
            if (normal.length() < LEAST_SENTENCE) {
                continue;
            }
            PromptText before = seen.putIfAbsent(normal, text);
            if (before != null) {
                int start = matcher.start() + matcher.group().indexOf(sentence);
                issues.add(text.issue(
                        Rule.REDUNDANCY,
                        prompt.path(),
                        start,
                        start + sentence.length(),
                        "'" + shortened(sentence) + "' stands here again, about " + tokens(sentence.length())
                                + " tokens for nothing"));
            }
        }
    }

    private static void cacheability(AuditedPrompt prompt, List<Issue> issues) {
        int after =
                prompt.texts().stream().mapToInt(text -> text.value().length()).sum();
        for (PromptText text : prompt.texts()) {
            after -= text.value().length();
            if (!text.isSystem()) {
                return;
            }
            Matcher matcher = VOLATILE.matcher(text.value());
            if (matcher.find()) {
                int stable = text.value().length() - matcher.end() + after;
                if (stable >= WORTH_CACHING) {
                    issues.add(text.issue(
                            Rule.CACHEABILITY,
                            prompt.path(),
                            matcher.start(),
                            matcher.end(),
                            "'" + shortened(matcher.group()) + "' changes and stands before about " + tokens(stable)
                                    + " tokens that could be cached"));
                }
                return;
            }
        }
    }

    private static void examples(AuditedPrompt prompt, PromptText text, List<Issue> issues) {
        Matcher matcher = EXAMPLE.matcher(text.value());
        // An example has several marks, Input: and Output: say; those of one kind count examples.
        Map<String, Integer> kinds = new HashMap<>();
        int start = -1;
        int end = 0;
        int last = 0;
        while (matcher.find()) {
            if (start < 0) {
                start = matcher.start(1);
                end = matcher.end(1);
            }
            last = matcher.start(1);
            kinds.merge(matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[#\\d\\s]", ""), 1, Integer::sum);
        }
        int count = kinds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (count > MOST_EXAMPLES && last - start >= LONG_EXAMPLES) {
            issues.add(text.issue(
                    Rule.OVERSIZE_EXAMPLES,
                    prompt.path(),
                    start,
                    end,
                    count + " examples of about " + tokens(last - start) + " tokens begin here"));
        }
    }

    /** Examples given as turns of a conversation. */
    private static void turns(AuditedPrompt prompt, List<Issue> issues) {
        List<PromptText> answers = prompt.texts().stream()
                .filter(text -> text.role().equals("assistant") || text.role().equals("model"))
                .toList();
        int chars = prompt.texts().stream()
                .filter(text -> !text.isSystem())
                .mapToInt(text -> text.value().length())
                .sum();
        if (answers.size() > MOST_EXAMPLES && chars >= LONG_EXAMPLES) {
            issues.add(answers.getFirst()
                    .issue(
                            Rule.OVERSIZE_EXAMPLES,
                            prompt.path(),
                            0,
                            0,
                            answers.size() + " turns with answers, about " + tokens(chars)
                                    + " tokens, are sent along"));
        }
    }

    private static int tokens(int chars) {
        return (chars + CHARS_A_TOKEN - 1) / CHARS_A_TOKEN;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, 57))) + "…";
    }
}
