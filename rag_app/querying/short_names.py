"""What is right as it is typed, in lower case, though no list of words holds it: abbreviations, and contractions without their
apostrophe."""

from __future__ import annotations


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OF_SUBJECTS = {
    "computers and the web": (
        "api aws bios btrfs cdn cli cpu cpus crm css csv dhcp dns docx erp esim exe faq gif gpt gps gpu gpus gui hdd hdmi html "
        "http https imap imei ios iot isp jpeg jpg json kvm lan lcd llm llms lte macos mfa mysql nas nfc nfs nginx npm ntfs "
        "nvme ocr oled otp pcb pcie pdf pdfs php png pptx psu ram rdp rfid rgb rom rss rtf saas sata sdk sftp sim sms smtp sql "
        "sqlite ssd ssds ssh ssid ssl sso svg tcp tls tsv ttl uefi uri url urls usb utf vga vlan vms voip vpn vps wifi wlan wpa "
        "www xlsx xml yaml zfs"
    ),
    "medicine": (
        "adhd afib asd bmi bmr cbc cbt cgm cns copd covid cpap cpr crp csf dna dvt ecg eeg egfr ekg emg esr fbc gerd ggt hcg "
        "hdl hiv hpv hrt hsv ibd ibs icd icu inr iud ivf ldl mmr mri mris nhs nsaid nsaids ocd otc pcos pcr ppe ppi psa ptsd "
        "rbc rna rsi sars ssri ssris sti tia tsh uti utis wbc"
    ),
    "money, law and offices": (
        "aml apr apy asap atm capex ceo ceos cfo cfos cio cny cpi csr cto dpo ebit ebitda ecb eps esg etf etfs eur fbi fca fda "
        "fdi fifo gaap gbp gdp gdpr gmbh gnp hkd hmrc hoa hsa iban ifrs imf ipo ipos ira irs isa isas isbn iso jpy kpi kpis kyc "
        "llb llc llp ltd ltv mba mls moq mou nasa nato nda ndas ngo ngos npv oecd oem okr okrs opex osha paye plc pmi poa pto "
        "rfp rfq rmb roi rsu rsus sepa sku skus sla slas sme smes ssn tco usd vat vin wacc wto ytd yoy"
    ),
    "schools, daily life and units": (
        "awd bbc bbq bsc cad cctv cet cst diy dob dvd dvla dvsa epc eta evs fyi gcse gcses gmt gpa hgv hvac ielts kmh kph kwh "
        "lgbt lpg mah mbps mhz mpg mph msc pgce phd phds pin psi pst rpm rsvp suv suvs tba tbc tbd toefl uae ufo usa ussr utc "
        "vip vips ymca"
    ),
}
ABBREVIATIONS = _words(" ".join(_OF_SUBJECTS.values()))
CONTRACTIONS = _words(
    "aint arent cant couldnt didnt doesnt dont hadnt hasnt havent heres hes hows isnt itll ive lets mustnt neednt shes "
    "shouldnt thats theres theyll theyre theyve wasnt werent weve whats whens wheres whos whys wont wouldnt youd youll "
    "youre youve"
)
