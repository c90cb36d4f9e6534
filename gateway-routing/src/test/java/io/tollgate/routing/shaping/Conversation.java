package io.tollgate.routing.shaping;

import io.tollgate.core.text.JsonString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random conversations that their provider would take: words, tool calls with their results, several at a time. */
final class Conversation {
    private static final String[] WORDS = {
        "river", "ship", "ünï", "{", "\"quoted\"", "\n\n\n", "wheat.", "It is late.", "漢字", "😀", "please", "  ", "1871"
    };
    private static final String THINKING = "{'type':'thinking','thinking':'hm  in order to','signature':'Eq=='},";
    private final String dialect;
    private final Random random;
    private final List<String> turns = new ArrayList<>();
    private int calls;

    private Conversation(String dialect, Random random) {
        this.dialect = dialect;
        this.random = random;
    }

    static String random(String dialect, Random random) {
        Conversation conversation = new Conversation(dialect, random);
        int exchanges = random.nextInt(1, 9);
        for (int i = 0; i < exchanges; i++) {
            conversation.user(conversation.words());
            for (int steps = random.nextInt(4) == 0 ? random.nextInt(6) : 0; steps > 0; steps--) {
                conversation.step();
            }
            if (i + 1 < exchanges || random.nextInt(5) == 0) {
                conversation.model(conversation.words());
            }
        }
        return conversation.json();
    }

    private String words() {
        StringBuilder text = new StringBuilder("say");
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return JsonString.quote(text.toString());
    }

    private String gap() {
        return " \n\t".substring(0, random.nextInt(4));
    }

    private void add(String turn) {
        turns.add(turn.replace('\'', '"'));
    }

    private void user(String words) {
        add(
                switch (dialect) {
                    case "anthropic" ->
                        random.nextBoolean()
                                ? "{'role':'user','content':" + words + "}"
                                : "{'content':[{'text':" + words + ",'type':'text'}],'role':'user'}";
                    case "gemini" ->
                        "{" + (turns.isEmpty() ? "" : "'role':'user',") + "'parts':[{'text':" + words + "}]}";
                    case "openai-responses" -> "{'role':'user','content':[{'type':'input_text','text':" + words + "}]}";
                    default ->
                        random.nextInt(4) == 0
                                ? "{'role':'user','content':[{'type':'text','text':" + words
                                        + "},{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]}"
                                : "{ 'role': 'user', 'content':" + words + "}";
                });
    }

    private void model(String words) {
        boolean thought = random.nextBoolean();
        if (dialect.equals("openai-responses") && thought) {
            add("{'type':'reasoning','id':'rs','summary':[],'encrypted_content':'gAAA'}");
        }
        add(
                switch (dialect) {
                    case "gemini" ->
                        "{'role':'model','parts':[" + (thought ? "{'text':'hm','thought':true}," : "") + "{'text':"
                                + words + (thought ? ",'thoughtSignature':'Ep=='" : "") + "}]}";
                    case "openai-responses" ->
                        "{'type':'message'," + (thought ? "'id':'thought'," : "")
                                + "'role':'assistant','content':[{'type':'output_text','text':" + words + "}]}";
                    case "anthropic" ->
                        "{'role':'assistant','content':"
                                + (thought ? "[" + THINKING + "{'type':'text','text':" + words + "}]" : words) + "}";
                    default -> "{'role':'assistant','content':" + words + "}";
                });
    }

    private void step() {
        int many = random.nextInt(1, 4);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            ids.add("c" + calls++ + "_");
        }
        List<String> answered = new ArrayList<>(ids);
        Collections.shuffle(answered, random); // as the tools get done
        boolean thought = random.nextBoolean();
        switch (dialect) {
            case "openai-chat" -> {
                add("{'role':'assistant'," + (thought ? "'content':null," : "") + "'tool_calls':["
                        + each(ids, "{'id':'ID','type':'function','function':{'name':'f','arguments':'{}'}}") + "]}");
                answered.forEach(id -> add("{'role':'tool','tool_call_id':'" + id + "','content':" + words() + "}"));
            }
            case "openai-responses" -> {
                if (thought) {
                    add("{'type':'reasoning','id':'rs','summary':[]}");
                }
                ids.forEach(id -> add("{'type':'function_call','id':'"
                        + (thought && id.equals(ids.getFirst()) ? "thought" : "fc") + "','call_id':'" + id
                        + "','name':'f','arguments':'{}'}"));
                if (random.nextInt(4) == 0) {
                    user(words()); // who did not wait for the tools
                }
                answered.forEach(
                        id -> add("{'type':'function_call_output','call_id':'" + id + "','output':" + words() + "}"));
            }
            case "anthropic" -> {
                add("{'role':'assistant','content':[" + (thought ? THINKING : "") + "{'type':'text','text':" + words()
                        + "}," + each(ids, "{'type':'tool_use','id':'ID','name':'f','input':{'content':[1]}}") + "]}");
                add("{'role':'user','content':["
                        + each(
                                answered,
                                "{'tool_use_id':'ID','type':'tool_result','content':[{'type':'text','text':" + words()
                                        + "}]}")
                        + (random.nextInt(3) == 0 ? ",{'type':'text','text':'go on'}" : "") + "]}");
            }
            default -> {
                add("{'role':'model','parts':["
                        + each(
                                ids,
                                "{'functionCall':{'name':'ID','args':{'id':1}}"
                                        + (thought ? ",'thoughtSignature':'Ep=='}" : "}"))
                        + "]}");
                add("{'role':'" + (random.nextBoolean() ? "user" : "function") + "','parts':["
                        + each(ids, "{'functionResponse':{'name':'ID','response':{'output':" + words() + "}}}") + "]}");
            }
        }
    }

    private static String each(List<String> ids, String form) {
        return String.join(",", ids.stream().map(id -> form.replace("ID", id)).toList());
    }

    private String json() {
        String system = JsonString.quote("Be  brief.\n\n\n\nPlease answer in  JSON such as {\"a\":  1}.  ");
        StringBuilder list = new StringBuilder("[").append(gap());
        if (dialect.equals("openai-chat")) {
            turns.addFirst("{\"role\":\"system\",\"content\":" + system + "}");
        }
        for (int i = 0; i < turns.size(); i++) {
            list.append(i == 0 ? "" : gap() + "," + gap()).append(turns.get(i));
        }
        list.append(gap()).append("]");
        return switch (dialect) {
            case "openai-chat" -> "{\"model\":\"m\", \"messages\":" + list + " , \"seed\":1}";
            case "openai-responses" -> "{\"instructions\":" + system + ",\"input\":" + list + ",\"model\":\"m\"}";
            case "anthropic" ->
                "{\"system\": [{\"type\":\"text\",\"text\":" + system + "}],\"messages\":" + list
                        + ",\"max_tokens\":10,\"model\":\"m\"}";
            default -> "{\"contents\":" + list + ", \"systemInstruction\":{\"parts\":[{\"text\":" + system + "}]}}";
        };
    }
}
