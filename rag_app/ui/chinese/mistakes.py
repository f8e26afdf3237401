"""Sentences of errors that somebody at the page may meet, in Chinese: the English ones, `{}` for what is filled in, in order.

A test compares the keys with the code that raises them. What is not here is shown in English.
"""

from __future__ import annotations

MISTAKES: dict[str, str] = {
    # questions and conversations
    "The question is empty. Type what you want to know.": "问题是空的，请输入想问的内容。",
    "The question has no words. Type what you want to know.": "问题里没有文字，请输入想问的内容。",
    "The question has {} characters; Footnote takes up to {}. Ask a shorter one, or add the long text as a document "
    "and ask about it.": "问题有 {} 个字符，最多只能有 {} 个。请缩短问题，或者把长文作为文档添加后再提问。",
    "There is no conversation {}; it may have been deleted.": "没有编号为 {} 的对话，可能已被删除。",
    "The conversation {} was deleted. Start a new one.": "对话 {} 已被删除，请新建一个对话。",
    "The answer {} was deleted.": "回答 {} 已被删除。",
    "The answer {} was deleted. Ask again, and rate the new answer.": "回答 {} 已被删除。请重新提问，再评价新的回答。",
    "{} documents were removed from the library meanwhile. Ask again.": "有 {} 份文档刚刚从文档库中移除，请重新提问。",
    "{} passages were removed from the library meanwhile. Ask again.": "有 {} 个段落刚刚从文档库中移除，请重新提问。",
    # work in the background
    "The question was stopped before its turn came. Ask it again when you like.": "问题还没轮到就停止了，随时可以重新提问。",
    "The process that reads documents cannot be started ({}). Check that memory is free and that there is a folder for "
    "temporary files with room in it, and try again.": "无法启动读取文档的进程（{}）。请检查内存是否够用、临时文件夹是否存在且有"
    "空间，然后重试。",
    "An unexpected fault ended the work ({}: {}). Try again, or start Footnote anew.": "发生意外错误，工作已中断（{}：{}）。请"
    "重试，或者重新启动 Footnote。",
    # web pages
    "“{}” {}. Only pages of the web (http:// or https://) are fetched; or save the page yourself and add the file.": "“{}”{}。"
    "只能获取 http:// 或 https:// 的网页；也可以自己保存网页，再把文件添加进来。",
    "is no web address": "不是网址",
    "carries a name or a password": "带有用户名或密码",
    "leads into a private network": "指向内部网络",
    "{} could not be fetched: {} was not found. Check the address, and whether you are online.": "无法获取 {}：找不到 {}。"
    "请检查网址，以及是否已联网。",
    "{} could not be fetched: {}. Check the address and your connection, and try again.": "无法获取 {}：{}。请检查网址和网络连"
    "接，然后重试。",
    "{} could not be fetched: the server says {}. Check the address.": "无法获取 {}：服务器回答 {}。请检查网址。",
    "the server packs it as {}": "服务器用 {} 压缩了它",
    "its certificate is not to be trusted ({})": "它的证书不可信（{}）",
    "its server does not speak https as is expected; http:// may reach it": "它的服务器不能正常使用 https，可以试试 http://",
    "the answer ended too early": "内容没有传完",
    "{} did not come in time. Try again later, or save the page yourself.": "{} 没有及时传到。请稍后重试，或者自己保存网页。",
    "{} is larger than {} MB. Download it yourself and add the file, or its parts.": "{} 大于 {} MB。请自己下载，再添加文件或其"
    "中一部分。",
    "{} sends one on and on, more than {} times. Check the address.": "{} 不断转到别处，超过 {} 次。请检查网址。",
    "{} is an empty page. Check the address.": "{} 是空白网页，请检查网址。",
    "{} was not added. {}": "{} 没有添加：{}",
    "A library here holds up to {} {}. Remove a document and try again.": "这里的文档库最多容纳 {} {}，请先移除一份文档再试。",
    "documents": "份文档",
    "megabytes": "MB",
    "pages": "页",
    # the page of a document
    "{} is not there any more. Add it again.": "{} 已经不在了，请重新添加。",
    "{} is damaged: reading it broke down. Get it again from where it came from.": "{} 已损坏，无法读取，请重新获取。",
    "{} showed no progress for {} seconds.": "{} 在 {} 秒内没有任何进展。",
    "{} Save it anew, or raise parse_seconds.": "{}请重新保存，或者在设置文件中调高 parse_seconds。",
    # library
    "The library holds no document yet. Add some first.": "文档库还是空的，请先添加文档。",
    "The library holds no document {}. List the documents to see what it holds.": "文档库里没有这份文档（{}），可能已被移除。",
    "The library holds no page {} of a document {}. List the documents to see what it holds.": "文档库里没有第 {} 页（文档 "
    "{}），可能已被移除。",
    "A number is too large for the library. Give a smaller one.": "数字太大，文档库无法处理，请换一个小一些的。",
    "{} is no text. Write it in UTF-8.": "{} 不是文字，请用 UTF-8 书写。",
    "There is a collection {} already. Choose another name.": "已经有名为“{}”的文档集，请换一个名称。",
    "There is no folder {}. Check the path and add it again.": "没有文件夹 {}，请检查路径后重新添加。",
    "The folder {} cannot be read ({}). If it is on a disk, plug that in; nothing was removed. If it is gone for "
    "good, forget the folder.": "无法读取文件夹 {}（{}）。如果它在外接磁盘上，请接好磁盘；没有移除任何文档。如果它已经不在"
    "了，请取消同步。",
    "The folder {} holds no files any more. If it is on a disk, plug that in; nothing was removed. If it was emptied "
    "on purpose, forget the folder and remove its documents.": "文件夹 {} 里已经没有文件。如果它在外接磁盘上，请接好磁盘；"
    "没有移除任何文档。如果是有意清空的，请取消同步，再移除其中的文档。",
    "The name of the folder {} is not text. Rename it and add it again.": "文件夹 {} 的名称不是文字，请改名后重新添加。",
    "{} is where the library is kept. Choose a folder with your own documents.": "{} 是存放文档库的地方，请选择放有自己文档"
    "的文件夹。",
    "{} is kept in step already. Nothing is left to do.": "{} 已在同步中，不用再添加。",
    "{} cannot be added: {} is kept in step "
    "already and shares files with it. Forget that one first.": "无法添加 {}：与它有共同文件的 {} 已在同步中，请先取消那一个。",
    "Another program is adding files to the library in {}. "
    "Wait until it is done, or close it, and try again.": "另一个程序正在向 {} 中的文档库添加文件。请等它完成或将它关闭，然"
    "后重试。",
    "{} is missing or empty, and {} holds the files of its documents. Put back a copy of it from a backup, "
    "or move {} elsewhere and add the files in it anew.": "{} 不存在或是空的，而 {} 里有它的文档文件。请从备份放回一份，"
    "或者把 {} 移到别处，再重新添加其中的文件。",
    "{} is in use by another program ({}). Close that program, or try again in a moment.": "{} 正被另一个程序使用（{}）。请"
    "关闭那个程序，或者稍后重试。",
    "{} cannot be read or written ({}). Check that its disk has room and is well, then try again.": "无法读写 {}（{}）。"
    "请检查它所在的磁盘是否还有空间、是否完好，然后重试。",
    "{} cannot be written ({}). Free some space "
    "on its disk, then try again; nothing was lost.": "无法写入 {}（{}）。请在磁盘上腾出空间后重试，数据没有丢失。",
    "{} cannot be opened ({}). Check that the folder exists and may be written to.": "无法打开 {}（{}）。请检查文件夹是否存"
    "在、能否写入。",
    "{} is damaged ({}). It was left as it is: put a copy from a backup in its place, or move it away and add your "
    "documents again.": "{} 已损坏（{}），没有改动它。请用备份替换，或者把它移开，再重新添加文档。",
    "{} was made by a newer version of Footnote. Use that version, or another storage folder.": "{} 由更新版本的 Footnote "
    "创建。请使用那个版本，或另选存储文件夹。",
    "{} could not be added: {}": "无法添加 {}：{}",
    # settings
    "{} cannot be written ({}), so nothing was changed. "
    "Make room on its disk, or allow writing there.": "无法写入 {}（{}），因此没有改动。请在磁盘上腾出空间，或允许写入。",
    "The setting '{}' must be a number, not {}.": "设置“{}”必须是数字，不能是 {}。",
    "The setting '{}' must lie between {} and {}, not be {}.": "设置“{}”必须在 {} 到 {} 之间，不能是 {}。",
    "The setting '{}' must be an address that begins with https:// or http://, not {}.": "设置“{}”必须是以 https:// 或 "
    "http:// 开头的网址，不能是 {}。",
    "The setting '{}' must be of type {}, not {}.": "设置“{}”的类型必须是 {}，不能是 {}。",
    "The setting '{}' must be {}, not {}.": "设置“{}”必须是 {}，不能是 {}。",
    "The setting 'answer_tokens' ({}) leaves no room for a question in 'context_tokens' ({}). Lower the first, or "
    "raise the second.": "回答的最大长度（{} 个词元）在上下文（{} 个词元）中没有给问题留下位置。请调低前者，或调高后者。",
    "The setting 'overlap_tokens' ({}) must be less than 'passage_tokens' ({}). Lower the first, or "
    "raise the second.": "“overlap_tokens”（{}）必须小于“passage_tokens”（{}）。请调低前者，或调高后者。",
    # models
    "There is no model '{}'; known are: {}. Name one of these, or, where the library's settings.json names it, change it "
    "there.": "没有名为“{}”的模型；已知的有：{}。请换成其中之一；如果它写在文档库的 settings.json 里，请在那里更改。",
    "The model {} is in use. Choose another one first, and then remove it.": "模型 {} 正在使用，请先选用另一个再移除。",
    "The model {} is no embedder. Set embedder to a model of that kind.": "{} 不是嵌入模型，请把 embedder 设为嵌入模型。",
    "The model {} is no chat model. Choose one that writes.": "{} 不是对话模型，请选择能撰写回答的模型。",
    "The model {} is not there: {} does not exist.": "模型 {} 不在这里：{} 不存在。",
    "The model {} is part of the package {}. Run: pip uninstall {}": "模型 {} 属于软件包 {}，请运行：pip uninstall {}",
    "The model {} comes with the package {}, which is not installed. Run: pip install {}=={}": "模型 {} 随软件包 {} 提供，"
    "而它没有安装。请运行：pip install {}=={}",
    "{} is missing from the package {}. Run: pip install --force-reinstall {}=={}": "缺少 {}（软件包 {}）。请运行：pip "
    "install --force-reinstall {}=={}",
    "{} is there already, with other files in it. Move it elsewhere, or rename {}, and import again.": "{} 已经存在，里面有"
    "其他文件。请把它移到别处，或者给 {} 改名，然后重新导入。",
    "There is a model '{}' already. Remove it first, or rename {}.": "已经有名为“{}”的模型。请先移除它，或者给 {} 改名。",
    "The model {} was imported from a file; import "
    "it again with: python -m rag_app models import FILE": "模型 {} 是从文件导入的，请重新导入。",
    "{} does not exist. Check the path.": "{} 不存在，请检查路径。",
    "{} is not the folder of a model: {}.": "{} 不是模型的文件夹：{}。",
    "{} cannot be read ({}). A model folder holds config.json, weights and a tokenizer.": "无法读取 {}（{}）。模型文件夹里"
    "应有 config.json、权重和分词器。",
    "{} cannot be read ({}). Check the disk and the file's permissions.": "无法读取 {}（{}）。请检查磁盘和文件权限。",
    "{} cannot be written ({}). Make room on the disk, or allow writing to {}, and try again.": "无法写入 {}（{}）。请腾出"
    "磁盘空间，或允许写入 {}，然后重试。",
    "{} cannot be written ({}). Make room on the disk and try again.": "无法写入 {}（{}）。请腾出磁盘空间，然后重试。",
    "{} cannot be removed ({}). Close what uses it, and try again.": "无法移除 {}（{}）。请关闭正在使用它的程序，然后重试。",
    "{} is damaged (its checksum is not the published one). {}": "{} 已损坏（校验和与公布的不同）。{}",
    "{} has room for {} GB, needed are {} GB. Make room and try again.": "{} 只剩 {} GB，需要 {} GB。请腾出空间后重试。",
    "{} arrived damaged (its checksum is not the hub's). Fetch the model again.": "{} 下载后已损坏（校验和与模型库的不同）"
    "。请重新下载。",
    "{} of {} is not the file that models/registry.json describes (its checksum is another). Choose the hub's own "
    "address under 'hub_address' in the settings, or another model.": "{}（{}）与 models/registry.json 中记录的文件不符（校"
    "验和不同）。请改用模型库自己的网址，或选择另一个模型。",
    "The model {} could not be fetched from {} ({}). Connect to the network and try again, choose a mirror under "
    "'hub_address' in the settings, or put its files into models/{}.": "无法下载模型 {}（从 {}：{}）。请连接网络后重试，在"
    "下方换一个镜像网址，或者把它的文件放进 models/{}。",
    # what a model file may be
    "The model file {} is not there. Choose another one, or fetch this one again.": "模型文件 {} 不在了。请选择另一个，或重"
    "新下载这一个。",
    "{} is damaged or is no model in GGUF form ({}). Fetch it again.": "{} 已损坏，或者不是 GGUF 模型（{}）。请重新获取。",
    "{} is no model in GGUF form. Choose a file whose name ends in .gguf.": "{} 不是 GGUF 模型，请选择名称以 .gguf 结尾的文件。",
    "{} is cut short: it has {} of {} bytes. Fetch it again.": "{} 不完整：只有 {} 字节，应有 {} 字节。请重新获取。",
    "{} is an adapter, not a model. Name it "
    "under 'lora' in the settings, and choose its model.": "{} 是适配器，不是模型。请把它填在“LoRA 适配器”处，并选用它对"
    "应的模型。",
    "{} is one part of a split model. Join the parts with llama-gguf-split "
    "--merge, and take that file.": "{} 只是分成几部分的模型中的一部分。请用 llama-gguf-split --merge 合并各部分，再选用"
    "合并后的文件。",
    "{} is no chat model: it has no chat "
    "template. Choose one whose name says chat or instruct.": "{} 不是对话模型：没有对话模板。请选择名称中带有 chat 或 "
    "instruct 的模型。",
    "{} cannot be loaded ({}): it is damaged, of a kind not known yet, or larger than the free memory. Choose "
    "another model, or fetch this one again.": "无法载入 {}（{}）：它已损坏、属于未知的种类，或者大于空闲内存。请选择另一个"
    "模型，或重新下载这一个。",
    "The model failed while it wrote ({}). Ask again, or choose another model.": "模型在撰写时出错（{}）。请重新提问，或选"
    "择另一个模型。",
    "The question with its evidence is {} tokens long, and {} holds {}. Ask a shorter question, or raise "
    "'context_tokens' in the settings.": "问题连同依据有 {} 个词元，而 {} 最多容纳 {} 个。请缩短问题，或在“模型”页调高上下文。",
    "The LoRA adapter {} is not there. Correct 'lora' in the settings, or leave it empty.": "没有 LoRA 适配器 {}。请更正路"
    "径，或留空。",
    "The LoRA adapter {} changes {}, which {} also writes with; llama.cpp cannot do that. Choose an adapter that leaves the "
    "embedding alone, or leave 'lora' empty.": "LoRA 适配器 {} 改动了 {}，而 {} 写字时也要用到它，llama.cpp 做不到。请选择不改动"
    "词嵌入的适配器，或留空。",
    "The LoRA adapter {} is damaged: its alpha is {}. Get it again, or leave 'lora' empty.": "LoRA 适配器 {} 已损坏：alpha 是 "
    "{}。请重新获取，或留空。",
    "The LoRA adapter {} is damaged: {} is not a pair. Get it again, or leave 'lora' empty.": "LoRA 适配器 {} 已损坏：{} 不成"
    "对。请重新获取，或留空。",
    "llama.cpp refuses the LoRA adapter {}. Get it again, or leave 'lora' empty in the settings.": "llama.cpp 无法使用 LoRA 适"
    "配器 {}。请重新获取，或留空。",
    "The model {} was closed. Ask again.": "模型 {} 已关闭，请重新提问。",
    "The chat template of {} cannot be read ({}). Choose another file of this model.": "无法读取 {} 的对话模板（{}）。请选择这"
    "个模型的另一个文件。",
    "The chat template of {} refuses the question ({}). Choose another model.": "{} 的对话模板不接受这个问题（{}）。请选择另一个"
    "模型。",
    "{} is GGUF of version {}; readable are {}. Choose a newer file of the model.": "{} 是第 {} 版的 GGUF，只能读取 {}。请选择"
    "这个模型较新的文件。",
    "{} is damaged: its vocabulary names a token twice. Fetch it again.": "{} 已损坏：词表中有重复的词元。请重新获取。",
    "{} is damaged: it does not say how long a context it reads. Fetch it again.": "{} 已损坏：没有说明上下文长度。请重新获取。",
    "{} cannot be made of {}: it is damaged, or the disk is full. Make room, or get it again.": "无法制作 {}（来自 {}）：文件已损"
    "坏，或者磁盘已满。请腾出空间，或重新获取。",
    "The LoRA adapter {} holds no weights. Get it again, or leave 'lora' empty.": "LoRA 适配器 {} 里没有权重。请重新获取，"
    "或留空。",
    "The LoRA adapter {} was made for another model than {}: {}. Choose the model it was made for, or leave 'lora' "
    "empty in the settings.": "LoRA 适配器 {} 是为另一个模型制作的，不适用于 {}：{}。请选用它对应的模型，或留空。",
    "{} is a whole model, not a LoRA adapter. Leave 'lora' empty, and import it as a model.": "{} 是完整的模型，不是 LoRA "
    "适配器。请将适配器一栏留空，并在下方导入这个模型。",
    "{} is an adapter of the kind {}; only lora can be used. Choose another file.": "{} 是 {} 类型的适配器，只能使用 lora "
    "类型。请选择另一个文件。",
    # evaluation
    "No question can be made of the library in {}: none of its sentences has the shape of a plain statement in "
    "English or Chinese. Add documents of running text.": "无法用 {} 中的文档库出题：没有一句话是普通的中文或"
    "英文陈述句。请添加有成段文字的文档。",
    "{} cannot be read: {}. A question set needs docs.jsonl and questions.jsonl.": "无法读取 {}：{}。题集需要 docs.jsonl 和"
    " questions.jsonl。",
    "{} is not JSON: {}. Mend or remove that line.": "{} 不是 JSON：{}。请改正或删除这一行。",
    "{} is not a JSON object. Mend or remove that line.": "{} 不是 JSON 对象。请改正或删除这一行。",
    "{}: a document needs id and text, and a number as its page ({}).": "{}：文档需要 id 和 text，页码必须是数字（{}）。",
    "{}: a question needs id and question, and lists where lists belong ({}).": "{}：问题需要 id 和 question，该是列表的地"
    "方必须是列表（{}）。",
    "Question {} names the document '{}', which docs.jsonl does not hold.": "问题 {} 指向文档“{}”，而 docs.jsonl 里没有它。",
    "{} of the set could not be read: {}": "无法读取题集中的 {}：{}",
    "{} cannot be read: {}. Save it as CSV in UTF-8, or remove it.": "无法读取 {}：{}。请存为 UTF-8 编码的 CSV，或删除它。",
    "{} lacks the column '{}' or '{}', separated by commas. Mend or remove that line.": "{} 缺少“{}”或“{}”列（以逗号分"
    "隔）。请改正或删除这一行。",
    "{}: '{}' is {}; write yes or no.": "{}：“{}”是 {}，请写 yes 或 no。",
    "The question set could not be written to {}: {}.": "无法把题集写入 {}：{}。",
    "The report could not be written to {}: {}. Choose another folder.": "无法把报告写入 {}：{}。请换一个文件夹。",
}
