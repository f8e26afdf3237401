"""What the view Settings says in Chinese."""

from __future__ import annotations

SETTINGS: dict[str, str] = {
    "view.settings": "设置",
    "settings.kept": "保存在文档库的文件夹里（settings.json），从下一个问题起生效。",
    "settings.reset": "恢复默认",
    "settings.changed": "设置已保存。",
    "settings.standard": "{value}（默认）",
    "settings.looks": "语言与颜色",
    "settings.looks_text": "本页面的语言与颜色，由这个浏览器记住。",
    "settings.theme": "颜色",
    "settings.theme_system": "跟随系统",
    "settings.theme_light": "浅色",
    "settings.theme_dark": "深色",
    "settings.answer_mode": "回答的措辞",
    "settings.answer_mode_text": "“引用”直接使用文档里的原句：速度快，也不可能编造。“撰写”由语言模型组织语言，并逐句核对；"
    "没有依据的句子会换成文档原文。",
    "settings.answer_mode_auto": "模型足够大时撰写",
    "settings.answer_mode_quoted": "引用",
    "settings.answer_mode_written": "撰写",
    "settings.refusal_threshold": "作答所需的把握",
    "settings.refusal_threshold_text": "低于此值时，会说明文档里没有答案。值越高，错误的回答越少，正确的回答也越少。"
    "下列比例是用阅读模型没有见过的中英文文章测得的。",
    "settings.threshold_choice": "至少",
    "settings.threshold_answered": "文档里有答案时作答",
    "settings.threshold_refused": "缺少相关文档时拒答",
    "settings.threshold_tricked": "有相近文档误导时拒答",
    "settings.answer_tokens": "撰写回答的最大长度",
    "settings.answer_tokens_text": "以词元计，一个词元约为一个汉字。回答越长，用时越久。",
    "settings.temperature": "措辞的自由度",
    "settings.temperature_text": "用于撰写的回答。为 0 时，同样的问题得到同样的措辞；值越高变化越多，也有更多句子通不过核对。",
    "settings.imagine": "查找时请对话模型帮忙",
    "settings.imagine_text": "查找前，由它先写出答案可能的样子，或换几种说法提问，"
    "一并查找；只请十亿参数以上的模型，每个问题会多花几秒。",
    "settings.imagine_off": "不用",
    "settings.imagine_passage": "设想一段答案",
    "settings.imagine_wordings": "换几种说法",
    "settings.gone_files": "文件离开同步的文件夹时",
    "settings.gone_files_text": "你手动添加的文档绝不会被移除。",
    "settings.gone_files_ask": "先问我",
    "settings.gone_files_remove": "移除对应的文档",
    "settings.ocr": "扫描页与图片",
    "settings.ocr_text": "文字识别（OCR）可读取没有文字的页面，支持中文和英文，每页约需一两秒。从下一个文件起生效。",
    "settings.ocr_on": "识别文字",
    "settings.ocr_off": "不识别",
}
